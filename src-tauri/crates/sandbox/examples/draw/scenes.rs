//! What people photograph when they order something.

use crate::canvas::{Canvas, Colour, shade};

/// Every scene.
pub(super) const SCENES: &[&str] = &[
    "sofa", "room", "kitchen", "flowers", "part", "car", "cake", "window", "wheel", "phone", "house", "bed",
];

const WIDTH: i32 = 640;
const HEIGHT: i32 = 480;
const WOOD: Colour = [150, 104, 66];
const STEEL: Colour = [160, 166, 174];
const GLASS: Colour = [176, 208, 232];

/// A scene by its name; each variant has other colours and measures.
pub(super) fn scene(name: &str, variant: u64) -> Canvas {
    let look = Look(variant);
    match name {
        "sofa" => sofa(look),
        "room" => room(look),
        "kitchen" => kitchen(look),
        "flowers" => flowers(look),
        "part" => part(look),
        "car" => car(look),
        "cake" => cake(look),
        "window" => window(look),
        "wheel" => wheel(look),
        "phone" => phone(look),
        "house" => house(look),
        _ => bed(look),
    }
}

/// Picks colours and measures for one variant.
#[derive(Clone, Copy)]
struct Look(u64);

impl Look {
    fn colour(self, place: u64) -> Colour {
        const PALETTE: [Colour; 9] = [
            [92, 112, 138],
            [46, 64, 102],
            [201, 178, 146],
            [196, 148, 46],
            [120, 146, 112],
            [176, 84, 76],
            [222, 214, 204],
            [108, 88, 120],
            [70, 74, 80],
        ];
        let index = (self.0.wrapping_mul(7).wrapping_add(place.wrapping_mul(5))) % PALETTE.len() as u64;
        PALETTE.get(index as usize).copied().unwrap_or(STEEL)
    }

    fn wall(self) -> Colour {
        shade([232, 226, 216], 0.9 + (self.0 % 5) as f32 * 0.03)
    }

    /// A small move, so that no two pictures are framed alike.
    fn shift(self) -> i32 {
        (self.0 % 7) as i32 * 9 - 27
    }
}

fn indoors(look: Look) -> Canvas {
    let wall = look.wall();
    Canvas::fading(WIDTH as u32, HEIGHT as u32, shade(wall, 1.04), shade(wall, 0.9))
        .rect(0, 350, WIDTH, 130, shade(WOOD, 1.2))
        .each(0..6, |canvas, plank| {
            canvas.rect(0, 350 + plank * 22, WIDTH, 1, shade(WOOD, 0.9))
        })
        .rect(0, 342, WIDTH, 8, [246, 244, 240])
}

fn outdoors(look: Look) -> Canvas {
    let sky = [140 + (look.0 % 4) as u8 * 12, 186, 226];
    Canvas::fading(WIDTH as u32, HEIGHT as u32, sky, [226, 236, 240]).rect(0, 340, WIDTH, 140, [118, 148, 86])
}

fn sofa(look: Look) -> Canvas {
    let (cloth, x) = (look.colour(0), 110 + look.shift());
    indoors(look)
        .rect(x + 40, 90, 110, 80, [250, 250, 250])
        .rect(x + 50, 100, 90, 60, look.colour(3))
        .rect(x, 220, 420, 120, shade(cloth, 0.9))
        .each([0, 138, 276], |canvas, seat| {
            canvas.rect(x + 6 + seat, 300, 132, 50, cloth)
        })
        .each([-26, 420], |canvas, arm| {
            canvas.rect(x + arm, 262, 32, 110, shade(cloth, 0.8))
        })
        .rect(x + 20, 350, 380, 16, shade(cloth, 0.6))
        .each([30, 380], |canvas, leg| canvas.rect(x + leg, 366, 12, 26, WOOD))
        .rect(x + 330, 250, 62, 56, look.colour(2))
}

fn room(look: Look) -> Canvas {
    let x = 60 + look.shift();
    indoors(look)
        .rect(x, 70, 190, 170, [250, 250, 250])
        .rect(x + 10, 80, 80, 150, GLASS)
        .rect(x + 100, 80, 80, 150, GLASS)
        .each(0..9, |canvas, rib| {
            canvas.rect(x + 8 + rib * 20, 268, 13, 74, [244, 244, 244])
        })
        .rect(x + 330, 130, 150, 220, shade(WOOD, 0.9))
        .rect(x + 340, 140, 62, 200, WOOD)
        .rect(x + 408, 140, 62, 200, WOOD)
        .disc(x + 300, 60, 26, [250, 234, 170])
}

fn kitchen(look: Look) -> Canvas {
    let (front, x) = (look.colour(1), 40 + look.shift());
    indoors(look)
        .rect(x, 60, 520, 110, front)
        .each(0..5, |canvas, door| {
            canvas.rect(x + door * 104, 60, 2, 110, shade(front, 0.7))
        })
        .each(0..5, |canvas, door| canvas.rect(x + door * 104 + 84, 150, 4, 14, STEEL))
        .rect(x, 170, 520, 80, [236, 236, 232])
        .each(0..13, |canvas, tile| {
            canvas.rect(x + tile * 40, 170, 1, 80, [214, 214, 208])
        })
        .rect(x - 8, 250, 536, 14, shade(WOOD, 0.8))
        .rect(x, 264, 520, 112, front)
        .each(0..5, |canvas, door| {
            canvas.rect(x + door * 104, 264, 2, 112, shade(front, 0.7))
        })
        .rect(x + 214, 272, 92, 92, [40, 42, 46])
        .rect(x + 226, 290, 68, 56, [82, 70, 58])
        .rect(x + 60, 232, 70, 18, STEEL)
        .rect(x + 92, 206, 6, 30, STEEL)
}

fn flowers(look: Look) -> Canvas {
    let petal = [[222, 92, 128], [240, 168, 186], [196, 34, 52], [246, 238, 226]];
    let places = (0..19).map(|number| {
        let (ring, turn) = (f64::from(number / 7), f64::from(number) * 2.4);
        let far = 40.0 + ring * 44.0;
        (
            number,
            320 + (turn.cos() * far * 1.15) as i32,
            200 + (turn.sin() * far * 0.75) as i32,
        )
    });
    Canvas::fading(WIDTH as u32, HEIGHT as u32, look.wall(), shade(look.wall(), 0.82))
        .wedge(230, 190, (210, 430), (290, 350), [90, 132, 84])
        .wedge(290, 150, (190, 450), (280, 360), shade(look.colour(2), 1.1))
        .each(places, |canvas, (number, x, y)| {
            let colour = petal
                .get((look.0 as usize + number as usize) % 4)
                .copied()
                .unwrap_or(STEEL);
            canvas
                .disc(x, y, 38, shade(colour, 0.8))
                .disc(x - 4, y - 4, 31, colour)
                .disc(x - 6, y - 6, 15, shade(colour, 0.86))
        })
}

fn part(look: Look) -> Canvas {
    let (x, y) = (320 + look.shift(), 240);
    let holes = (0..5).map(|number| f64::from(number) * 1.2566);
    let slots = (0..24).map(|number| f64::from(number) * 0.2618);
    Canvas::fading(WIDTH as u32, HEIGHT as u32, [96, 98, 100], [64, 66, 68])
        .disc(x + 8, y + 10, 178, [48, 48, 50])
        .disc(x, y, 176, shade(STEEL, 0.94))
        .disc(x, y, 168, shade(STEEL, 1.08))
        .each(slots, |canvas, at| {
            canvas.disc(
                x + (at.cos() * 140.0) as i32,
                y + (at.sin() * 140.0) as i32,
                6,
                [90, 92, 96],
            )
        })
        .disc(x, y, 100, [132, 92, 68])
        .disc(x, y, 92, shade(STEEL, 0.86))
        .each(holes, |canvas, at| {
            canvas.disc(
                x + (at.cos() * 62.0) as i32,
                y + (at.sin() * 62.0) as i32,
                11,
                [44, 44, 46],
            )
        })
        .disc(x, y, 34, [44, 44, 46])
}

fn car(look: Look) -> Canvas {
    let (paint, x) = (look.colour(4), 90 + look.shift());
    outdoors(look)
        .rect(0, 380, WIDTH, 100, [112, 112, 116])
        .wedge(190, 90, (x + 140, x + 320), (x + 80, x + 390), shade(paint, 0.92))
        .wedge(204, 74, (x + 150, x + 226), (x + 104, x + 226), GLASS)
        .wedge(204, 74, (x + 236, x + 310), (x + 236, x + 362), GLASS)
        .wedge(278, 96, (x + 10, x + 460), (x, x + 470), paint)
        .rect(x, 352, 470, 10, shade(paint, 0.7))
        .rect(x + 440, 296, 28, 20, [252, 244, 200])
        .rect(x + 4, 300, 20, 22, [200, 40, 40])
        .each([100, 370], |canvas, wheel| {
            canvas
                .disc(x + wheel, 376, 46, [34, 34, 36])
                .disc(x + wheel, 376, 26, STEEL)
                .disc(x + wheel, 376, 8, [60, 60, 64])
        })
}

fn cake(look: Look) -> Canvas {
    let (cream, x) = (shade(look.colour(2), 1.15), 320 + look.shift());
    Canvas::fading(WIDTH as u32, HEIGHT as u32, [246, 232, 226], [226, 206, 200])
        .oval(x, 402, 200, 30, [250, 250, 250])
        .rect(x - 150, 240, 300, 150, cream)
        .oval(x, 390, 150, 22, shade(cream, 0.94))
        .oval(x, 240, 150, 24, shade(cream, 1.08))
        .each(0..11, |canvas, drop| {
            canvas.oval(x - 140 + drop * 28, 258, 12, 20 + (drop * 13 % 17), [124, 70, 44])
        })
        .each(0..7, |canvas, berry| {
            canvas.disc(x - 108 + berry * 36, 230, 16, [204, 40, 62])
        })
        .rect(x - 5, 150, 10, 74, [120, 170, 220])
        .oval(x, 138, 7, 14, [250, 190, 60])
}

fn window(look: Look) -> Canvas {
    let x = 150 + look.shift();
    Canvas::fading(WIDTH as u32, HEIGHT as u32, look.wall(), shade(look.wall(), 0.9))
        .rect(x, 60, 340, 330, shade(WOOD, 1.3))
        .rect(x + 14, 74, 312, 302, [206, 224, 236])
        .wedge(240, 136, (x + 14, x + 326), (x + 14, x + 326), [132, 156, 110])
        .rect(x + 160, 74, 20, 302, shade(WOOD, 1.25))
        .rect(x + 14, 160, 312, 14, shade(WOOD, 1.25))
        .rect(x - 20, 390, 380, 20, [240, 238, 232])
        .rect(x + 150, 240, 10, 40, STEEL)
        .each(0..4, |canvas, crack| {
            canvas.rect(x + 4, 110 + crack * 70, 6, 30, shade(WOOD, 0.9))
        })
}

fn wheel(look: Look) -> Canvas {
    let (x, y) = (320 + look.shift(), 240);
    let spokes = (0..60).map(|number| (f64::from(number / 12) * 1.2566, f64::from(number % 12) * 9.0 + 34.0));
    Canvas::fading(WIDTH as u32, HEIGHT as u32, [176, 178, 180], [128, 130, 132])
        .disc(x, y, 204, [30, 30, 32])
        .disc(x, y, 190, [44, 44, 46])
        .disc(x, y, 146, [62, 64, 68])
        .each(spokes, |canvas, (turn, far)| {
            canvas.disc(
                x + (turn.cos() * far) as i32,
                y + (turn.sin() * far) as i32,
                17,
                shade(STEEL, 1.12),
            )
        })
        .disc(x, y, 40, shade(STEEL, 1.2))
        .disc(x, y, 16, look.colour(5))
}

fn phone(look: Look) -> Canvas {
    let x = 220 + look.shift();
    Canvas::fading(WIDTH as u32, HEIGHT as u32, shade(WOOD, 1.2), WOOD)
        .rect(x, 40, 200, 400, [24, 24, 28])
        .rect(x + 10, 54, 180, 372, shade(look.colour(1), 0.7))
        .oval(x + 100, 66, 20, 5, [12, 12, 14])
        .each(0..26, |canvas, step| {
            canvas.rect(x + 20 + step * 6, 90 + step * step / 2, 8, 3, [232, 238, 242])
        })
        .each(0..20, |canvas, step| {
            canvas.rect(x + 150 - step * 5, 120 + step * 12, 3, 12, [232, 238, 242])
        })
        .each(0..14, |canvas, step| {
            canvas.rect(x + 40 + step * 9, 330 - step * 7, 10, 3, [232, 238, 242])
        })
}

fn house(look: Look) -> Canvas {
    let (wall, x) = (shade(look.colour(2), 1.05), 130 + look.shift());
    outdoors(look)
        .wedge(90, 110, (x + 150, x + 160), (x - 30, x + 340), [138, 70, 58])
        .rect(x, 200, 310, 190, wall)
        .each(0..9, |canvas, log| {
            canvas.rect(x, 200 + log * 21, 310, 2, shade(wall, 0.8))
        })
        .rect(x + 30, 240, 76, 70, [250, 250, 250])
        .rect(x + 36, 246, 64, 58, GLASS)
        .rect(x + 196, 250, 74, 140, shade(WOOD, 0.8))
        .each([560, 40], |canvas, tree| {
            canvas
                .rect(tree, 260, 14, 110, WOOD)
                .disc(tree + 7, 230, 56, [86, 124, 74])
        })
}

fn bed(look: Look) -> Canvas {
    let x = 120 + look.shift();
    indoors(look)
        .each([0, 390], |canvas, post| {
            canvas.rect(x + post, 90, 18, 300, shade(WOOD, 1.1))
        })
        .each([150, 300], |canvas, level| {
            canvas
                .rect(x + 18, level, 372, 34, shade(WOOD, 1.1))
                .rect(x + 24, level - 26, 360, 26, look.colour(level as u64 / 150))
                .rect(x + 30, level - 44, 84, 24, [250, 250, 250])
        })
        .rect(x + 18, 104, 250, 10, shade(WOOD, 1.1))
        .each(0..6, |canvas, step| {
            canvas.rect(x + 330, 180 + step * 36, 60, 8, shade(WOOD, 0.8))
        })
}
