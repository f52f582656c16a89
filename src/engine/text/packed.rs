//! Compressed files, which people choose in place of the log inside: told apart by their first bytes.
//!
//! Comes in: how the bytes begin. Goes out: what it is and how to unpack it. Nothing is unpacked here: a small file can unpack to more
//! than the machine holds.

use serde::{Deserialize, Serialize};

/// So many bytes tell every kind.
const HEAD: usize = 10;

/// How bytes begin that come in portions.
#[derive(Debug, Default)]
pub struct Opening {
    head: Vec<u8>,
    packed: Option<Packed>,
}

impl Opening {
    /// Reads the next bytes and says whether all of them are a compressed file.
    pub fn read(&mut self, bytes: &[u8]) -> Option<Packed> {
        let missing = HEAD.saturating_sub(self.head.len());
        if self.packed.is_none() && missing > 0 {
            self.head.extend(bytes.iter().take(missing));
            self.packed = Packed::of(&self.head);
        }
        self.packed
    }

    /// What was read so far.
    pub fn packed(&self) -> Option<Packed> {
        self.packed
    }
}

/// A kind of compressed file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Packed {
    /// RFC 1952.
    Gzip,
    /// PKWARE's APPNOTE.TXT, section 4.3.7.
    Zip,
    /// The block's own mark follows the file's, which alone could begin a text.
    Bzip2,
    /// The .xz file format, section 2.1.1.1.
    Xz,
    /// RFC 8878, section 3.1.1.
    Zstd,
}

impl Packed {
    /// What begins with these bytes; no text does.
    pub fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1f, 0x8b, 0x08, ..] => Some(Self::Gzip),
            [b'P', b'K', 3, 4, ..] => Some(Self::Zip),
            [b'B', b'Z', b'h', b'1'..=b'9', b'1', b'A', b'Y', b'&', b'S', b'Y', ..] => Some(Self::Bzip2),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    /// The format's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zip => "zip",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Zstd => "zstd",
        }
    }

    /// What it is and how the log inside is read, in one sentence.
    pub fn headline(self) -> String {
        let (name, unpack) = (self.name(), self.unpack());
        format!(
            "This is a {name} file, and the log is still packed in it. Read what is inside: {unpack} FILE | runbook diagnose -"
        )
    }

    /// The command that prints what is inside, up to the file's name.
    pub fn unpack(self) -> &'static str {
        match self {
            Self::Gzip => "gunzip -c",
            Self::Zip => "unzip -p",
            Self::Bzip2 => "bunzip2 -c",
            Self::Xz => "xz -dc",
            Self::Zstd => "zstd -dc",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [(&[u8], Packed); 5] = [
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03x", Packed::Gzip),
        (b"PK\x03\x04\x14\x00\x00\x00\x08\x00x", Packed::Zip),
        (b"BZh91AY&SYx", Packed::Bzip2),
        (b"\xfd7zXZ\x00\x00\x04\xe6\xd6x", Packed::Xz),
        (b"\x28\xb5\x2f\xfd\x04\x00\x00\x00\x00\x00x", Packed::Zstd),
    ];

    #[test]
    fn each_kind_is_told_however_its_bytes_come() {
        for (bytes, packed) in FILES {
            for portion in 1..=bytes.len() {
                let mut opening = Opening::default();
                bytes.chunks(portion).for_each(|piece| _ = opening.read(piece));
                assert_eq!(opening.packed(), Some(packed));
                assert_eq!(opening.read(b"and what follows"), Some(packed));
            }
        }
    }

    #[test]
    fn a_text_is_none_of_them() {
        for text in ["", "PK", "BZh9 is how bzip2 begins", "(\u{b5}/", "gzip", "7zXZ"] {
            assert_eq!(Packed::of(text.as_bytes()), None, "{text}");
            assert_eq!(Opening::default().read(text.as_bytes()), None, "{text}");
        }
    }
}
