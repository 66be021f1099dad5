//! Length and shape of a sound, read from the file.

use crate::media::Media;

/// Samples a second that Opus in OGG always counts in, whatever it was recorded at (RFC 7845).
const OPUS_RATE: u64 = 48_000;

/// Numbers in a waveform of VK.
const WAVEFORM: usize = 128;

/// Whole seconds, at least one: what the file says of itself, else what its last OGG page says.
pub(super) fn seconds(file: &Media) -> u64 {
    file.seconds
        .map(u64::from)
        .or_else(|| ogg_seconds(&file.data))
        .unwrap_or(1)
        .max(1)
}

/// The granule position of the last page, in seconds.
fn ogg_seconds(bytes: &[u8]) -> Option<u64> {
    let last = bytes.windows(4).rposition(|window| window == b"OggS")?;
    let granule: [u8; 8] = bytes.get(last + 6..last + 14)?.try_into().ok()?;
    Some(u64::from_le_bytes(granule).div_ceil(OPUS_RATE)).filter(|seconds| *seconds < 24 * 3600)
}

/// Heights from 0 to 31 that follow the bytes of the file: not loudness, which would need a decoder, but the same file
/// always looks the same and two files differ.
pub(super) fn waveform(bytes: &[u8]) -> Vec<u8> {
    let stride = bytes.len().div_ceil(WAVEFORM).max(1);
    bytes
        .chunks(stride)
        .map(|chunk| {
            let sum: u64 = chunk.iter().map(|byte| u64::from(*byte)).sum();
            u8::try_from(sum % 32).unwrap_or(0)
        })
        .collect()
}
