//! Errors that were ordered: any code of VK, for any method, a number of times.

/// The standing orders and the captchas they handed out.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    errors: Vec<Order>,
    /// The number of a captcha and the letters that solve it.
    captchas: Vec<(String, String)>,
    /// This many coming `message_new` events arrive cropped.
    pub(crate) crop: u32,
}

#[derive(Debug)]
struct Order {
    code: i64,
    /// A method's name, or all of them.
    method: Option<String>,
    left: u32,
}

impl Orders {
    /// The next `times` calls of `method` (any, when none) end with `code`.
    pub(crate) fn error(&mut self, code: i64, method: Option<String>, times: u32) {
        self.errors.push(Order {
            code,
            method,
            left: times,
        });
    }

    /// The code that strikes this call, if one does.
    pub(crate) fn strike(&mut self, method: &str) -> Option<i64> {
        let fits = |order: &&mut Order| order.left > 0 && order.method.as_deref().is_none_or(|name| name == method);
        let order = self.errors.iter_mut().find(fits)?;
        order.left -= 1;
        Some(order.code)
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn pose_captcha(&mut self, sid: String, letters: String) {
        self.captchas.push((sid, letters));
    }

    /// The letters of a captcha, for the picture.
    pub(crate) fn captcha(&self, sid: &str) -> Option<&str> {
        self.captchas
            .iter()
            .find(|(known, _)| known == sid)
            .map(|(_, letters)| letters.as_str())
    }

    /// True once for the right letters; the captcha is used up either way.
    pub(crate) fn solve_captcha(&mut self, sid: &str, letters: &str) -> bool {
        let Some(at) = self.captchas.iter().position(|(known, _)| known == sid) else {
            return false;
        };
        self.captchas.swap_remove(at).1 == letters
    }

    /// Whether the next event is to arrive cropped.
    pub(crate) fn crops_next(&mut self) -> bool {
        let crops = self.crop > 0;
        self.crop = self.crop.saturating_sub(1);
        crops
    }
}
