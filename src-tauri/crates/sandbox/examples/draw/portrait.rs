//! Profile pictures: a head and shoulders, or what people put there instead of themselves.

use crate::canvas::{Canvas, Colour, shade};

const SIDE: i32 = 320;
const SKIN: [Colour; 4] = [[238, 204, 178], [224, 184, 152], [206, 160, 124], [246, 218, 196]];
const HAIR: [Colour; 5] = [
    [60, 42, 32],
    [120, 78, 44],
    [206, 168, 104],
    [40, 36, 40],
    [150, 150, 154],
];
const BACK: [Colour; 6] = [
    [142, 182, 214],
    [214, 178, 142],
    [160, 196, 150],
    [196, 160, 200],
    [224, 204, 140],
    [150, 160, 190],
];

fn pick<const N: usize>(from: [Colour; N], number: u64) -> Colour {
    from.get(number as usize % N).copied().unwrap_or([128; 3])
}

/// A picture of a profile; every number gives another one.
pub(super) fn portrait(number: u64) -> Canvas {
    let back = pick(BACK, number);
    let canvas = Canvas::fading(SIDE as u32, SIDE as u32, shade(back, 1.15), shade(back, 0.85));
    match number % 6 {
        4 => landscape(canvas, number),
        5 => cat(canvas, number),
        _ => face(canvas, number),
    }
}

fn face(canvas: Canvas, number: u64) -> Canvas {
    let (skin, hair, shirt) = (pick(SKIN, number / 2), pick(HAIR, number / 3), pick(BACK, number + 3));
    let long = number.is_multiple_of(2);
    let behind = if long {
        canvas.oval(160, 170, 84, 112, hair)
    } else {
        canvas
    };
    behind
        .oval(160, 330, 120, 96, shade(shirt, 0.7))
        .rect(136, 200, 48, 50, shade(skin, 0.9))
        .oval(160, 150, 62, 78, skin)
        .wedge(62, 50, (110, 210), (98, 222), hair)
        .oval(160, 92, 64, 40, hair)
        .each([136, 184], |canvas, eye| canvas.disc(eye, 150, 7, [60, 56, 60]))
        .oval(160, 192, 22, 6, [188, 92, 88])
}

fn landscape(canvas: Canvas, number: u64) -> Canvas {
    canvas
        .disc(230, 90, 36, [252, 226, 140])
        .wedge(120, 110, (70, 80), (-30, 190), [110, 126, 140])
        .wedge(150, 80, (210, 216), (120, 330), [96, 112, 128])
        .rect(
            0,
            228,
            SIDE,
            92,
            if number.is_multiple_of(4) {
                [104, 150, 178]
            } else {
                [112, 144, 92]
            },
        )
}

fn cat(canvas: Canvas, number: u64) -> Canvas {
    let fur = pick(HAIR, number / 2 + 1);
    canvas
        .wedge(60, 80, (96, 100), (84, 150), fur)
        .wedge(60, 80, (222, 226), (172, 238), fur)
        .oval(160, 190, 96, 88, fur)
        .each([124, 196], |canvas, eye| {
            canvas
                .oval(eye, 176, 16, 20, [216, 214, 110])
                .oval(eye, 176, 5, 16, [20, 20, 20])
        })
        .oval(160, 216, 10, 7, [232, 140, 150])
        .each([206, 220, 234], |canvas, y| {
            canvas
                .rect(70, y, 56, 2, [240, 240, 240])
                .rect(194, y, 56, 2, [240, 240, 240])
        })
}
