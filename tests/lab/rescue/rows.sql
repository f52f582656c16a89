INSERT INTO depots (name, city) VALUES ('North', 'Hamburg'), ('South', 'Munich'), ('West', 'Cologne');
INSERT INTO customers (name, tier, email) SELECT 'Customer ' || n, (CASE WHEN n % 3 = 0 THEN 'business' ELSE 'basic' END)::customer_tier, 'c' || n || '@example.com' FROM generate_series(1, 40) n;
INSERT INTO couriers (depot_id, name) SELECT 1 + n % 3, 'Courier ' || n FROM generate_series(1, 12) n;
INSERT INTO parcels (customer_id, depot_id, status, weight_grams, reference) SELECT 1 + n % 40, 1 + n % 3, (ARRAY['booked', 'moving', 'delivered'])[1 + n % 3]::parcel_status, 100 + 7 * n, 'P-' || n FROM generate_series(1, 130) n;
INSERT INTO scans (parcel_id, scanned_at, place) SELECT 1 + n % 130, '2026-03-01T08:00:00Z'::timestamptz + n * interval '1 hour', 'Gate ' || n % 9 FROM generate_series(1, 260) n;
INSERT INTO invoices (customer_id, total_cents, issued_on) SELECT 1 + n % 40, 990 + n, '2026-03-01'::date + n FROM generate_series(1, 60) n;
INSERT INTO payments (invoice_id, method, bank_reference) SELECT 1 + n % 60, (CASE WHEN n % 2 = 0 THEN 'card' ELSE 'transfer' END)::payment_method, 'B-' || n FROM generate_series(1, 90) n;
INSERT INTO claims (parcel_id, said) SELECT 1 + n % 130, 'The box of parcel ' || n || ' was open.' FROM generate_series(1, 37) n;
