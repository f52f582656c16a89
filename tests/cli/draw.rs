//! `runbook draw`: the whole tree.

use crate::run::{check_misuse, run};

#[test]
fn the_drawing_has_every_node_edge_and_way_out() {
    let tree = &runbook::embedded::catalogue().tree;
    let ran = run(&["draw"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let id = |id: &str| format!("n_{}", id.replace('-', "_"));
    let edges: usize = tree.nodes.iter().map(|node| node.branches.len() + node.otherwise.iter().len()).sum();
    assert_eq!(ran.out.matches(" -->|\"").count(), edges);
    for node in &tree.nodes {
        let shapes = [format!("  {}[\"", id(&node.id)), format!("  {}{{{{\"", id(&node.id))];
        assert!(shapes.iter().any(|shape| ran.out.contains(shape)), "{}", node.id);
    }
    for outcome in &runbook::embedded::catalogue().outcomes {
        assert!(ran.out.contains(&format!("  {}([\"{}", id(&outcome.id), outcome.title_text())), "{}", outcome.id);
    }
    assert_eq!(ran.out.matches(":::destructive").count(), 2);
    check_misuse(&["draw", "it"], &["it", "render-database-recovery"]);
    assert_eq!(run(&["draw", "render-database-recovery"]), ran);
}
