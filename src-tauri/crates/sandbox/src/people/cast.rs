//! Who lives in the demo: names as people really write them.

use crate::person::NewPerson;
use crate::samples;

/// One line of the cast.
#[derive(Clone, Copy, Debug)]
pub(super) struct Role {
    first: &'static str,
    last: &'static str,
    username: &'static str,
    phone: &'static str,
    city: &'static str,
    birthday: &'static str,
    about: &'static str,
    /// Speaks of herself in the feminine.
    pub(super) female: bool,
}

impl Role {
    /// Everything a network may show about them. One in six has no picture.
    pub(super) fn person(self, number: u64) -> NewPerson {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        NewPerson {
            first_name: self.first.to_owned(),
            last_name: self.last.to_owned(),
            username: given(self.username),
            phone: given(self.phone),
            city: given(self.city),
            birthday: given(self.birthday),
            about: given(self.about),
            avatar: (number % 6 != 3).then(|| samples::portrait(number)),
            stranger: false,
        }
    }
}

macro_rules! cast {
    ($($sex:ident $first:literal $last:literal $username:literal $phone:literal $city:literal $birthday:literal $about:literal;)*) => {
        &[$(Role {
            first: $first,
            last: $last,
            username: $username,
            phone: $phone,
            city: $city,
            birthday: $birthday,
            about: $about,
            female: cast!(@$sex),
        }),*]
    };
    (@she) => { true };
    (@he) => { false };
}

/// Pairs of neighbours alternate between the networks, so that each gets every sort of name. Phones are of the range that the
/// numbering plan leaves to films and books.
#[rustfmt::skip]
pub(super) static CAST: &[Role] = cast! {
    she "Анна" "Ковалёва" "anna_kov" "+79990100101" "Казань" "14.3.1991" "Мама двух котов";
    he  "Сергей" "Мельников" "" "+79990100102" "Тверь" "2.11.1984" "";
    she "Екатерина" "Соловьёва" "katya_solo" "" "Самара" "8.7.1996" "Пишу редко, читаю всё";
    he  "Дмитрий" "Орлов" "dorlov" "+79990100104" "Пермь" "23.2.1979" "";
    she "🌸 Марина 🌸" "" "marina_flowers" "" "Сочи" "" "Счастье в мелочах";
    he  "Виктор Палыч" "" "" "+79990100106" "Рязань" "1.5.1958" "";
    she "Ольга" "Никитина-Штейн" "olga_ns" "+79990100107" "Москва" "30.12.1988" "Дизайн интерьеров";
    he  "max_drive" "" "max_drive_77" "" "Москва" "" "🚗💨";
    she "Юлия" "Зайцева" "" "+79990100109" "Уфа" "19.9.1993" "";
    he  "ООО «Ромашка»" "" "romashka_snab" "+79990100110" "Тула" "" "Отдел снабжения, пн–пт 9–18";
    she "Татьяна" "Белова" "tbelova" "" "Вологда" "5.4.1975" "Учитель биологии";
    he  "Артём" "Гусев" "" "" "Омск" "11.11.2001" "";
    she "Dasha" "K." "dashakk" "" "Санкт-Петербург" "" "spb ☔️";
    he  "Рустам" "Ахметов" "rustam_a" "+79990100114" "Казань" "17.8.1990" "";
    she "Наталья Сергеевна" "" "" "+79990100115" "Липецк" "12.10.1966" "";
    he  "+7 999 010-01-16" "" "" "+79990100116" "" "" "";
    she "Лена" "Ветрова" "lena_veter" "" "Анапа" "3.6.1998" "🏄‍♀️ море лечит";
    he  "Григорий" "Константинопольский-Задунайский" "" "" "Ярославль" "29.2.1980" "";
    she "Полина" "Мороз" "polly.moroz" "+79990100119" "Минск" "25.12.1999" "";
    he  "Иван" "Иванов" "" "" "Иваново" "1.1.1970" "";
    she "Sweet Home" "" "sweet_home_ekb" "" "Екатеринбург" "" "Пекарня у дома";
    he  "Павел" "Черных" "p_chernyh" "+79990100122" "Воронеж" "7.7.1987" "Рыбалка, баня, дети";
    she "Алина" "Хабибуллина" "alina_h" "" "Набережные Челны" "16.1.1994" "";
    he  "Костян" "" "kostyan_auto" "" "Тольятти" "" "Гараж 24/7";
    she "Вера" "Цветкова" "vera_cvety" "+79990100125" "Краснодар" "9.5.1982" "";
    he  "Михаил" "Розенберг" "" "" "Москва" "21.6.1971" "";
    she "Светлана" "П." "" "+79990100127" "Калуга" "" "";
    he  "Тимур" "Сафин" "timur_safin" "" "Махачкала" "13.3.1995" "💪";
    she "Жанна" "Ларина" "" "+79990100129" "Псков" "28.8.1977" "Бухгалтер. Да, помню про НДС";
    he  "ИП Кузьмин А. В." "" "kuzmin_dveri" "+79990100130" "Владимир" "" "Двери оптом";
    she "Ксюша" "😼" "ksu_meow" "" "Новосибирск" "" "мяу";
    he  "Борис" "Ефимов" "" "+79990100132" "Курск" "4.4.1963" "";
    she "Надежда" "Крылова" "nadya_k" "" "Смоленск" "15.9.1990" "";
    he  "Олег" "Ткач" "oleg_tkach" "" "Ростов-на-Дону" "22.10.1985" "";
    she "Регина" "Валеева" "" "+79990100135" "Уфа" "6.12.1992" "";
    he  "Fedor" "Bystrov" "fbystrov" "" "Сургут" "" "iOS dev";
    she "Людмила Ивановна" "" "" "+79990100137" "Орёл" "20.2.1955" "Внуки — моё всё";
    he  "Никита" "Лапин" "nlapin" "" "Челябинск" "31.5.2000" "";
    she "Эльвира" "Шарипова" "elvira_sh" "+79990100139" "Стерлитамак" "18.11.1989" "";
    he  "Антон" "Рябов" "" "" "Тюмень" "10.1.1983" "";
    she "Кристина" "Вольф" "kris.wolf" "" "Калининград" "27.7.1997" "🐺";
    he  "Дача Шестнадцать" "" "dacha16" "+79990100142" "Истра" "" "";
    she "Маргарита" "Осипова" "" "" "Барнаул" "2.2.1986" "";
    he  "Станислав" "Ким" "stas_kim" "+79990100144" "Хабаровск" "9.9.1991" "";
    she "Зоя" "Фёдорова" "zoya_f" "" "Кострома" "30.4.1969" "";
    he  "Роман" "Дорохов" "" "+79990100146" "Брянск" "24.3.1978" "";
    she "Инна" "Берг" "inna_berg" "" "Выборг" "5.5.1995" "Скандинавия рядом";
    he  "Алексей" "Громов" "alex_gromov" "+79990100148" "Мурманск" "12.12.1988" "";
    she "Софья" "Лебедева" "sonya_leb" "" "Архангельск" "1.9.2002" "студентка";
    he  "Егор" "Пахомов" "" "+79990100150" "Саратов" "8.8.1981" "";
    she "Валерия" "Клён" "lera_klen" "" "Ижевск" "17.10.1993" "";
    he  "Семён" "Носков" "snoskov" "" "Чита" "26.6.1974" "";
};

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn she_and_he_alternate() {
        assert!(
            CAST.iter()
                .enumerate()
                .all(|(number, role)| role.female == (number % 2 == 0))
        );
    }

    #[test]
    fn nobody_shares_a_name_or_a_phone() {
        let names: HashSet<_> = CAST.iter().map(|role| (role.first, role.last)).collect();
        assert_eq!(names.len(), CAST.len());
        let phones: Vec<_> = CAST
            .iter()
            .map(|role| role.phone)
            .filter(|phone| !phone.is_empty())
            .collect();
        assert_eq!(phones.iter().collect::<HashSet<_>>().len(), phones.len());
        assert!(CAST.len() >= 48);
    }
}
