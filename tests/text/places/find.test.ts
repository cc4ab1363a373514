import { describe, expect, it } from "vitest";
import { type FindPlacesOptions, findPlaces, mostParticular } from "../../../src/text/places/find.ts";
import { DEIR_EZ_ZOR, GAZETTEER } from "./gazetteer.fixture.ts";

const QUESTION: FindPlacesOptions = { prefer: DEIR_EZ_ZOR, bare: true, fuzzy: true };

function ids(text: string, options: FindPlacesOptions = QUESTION): string[] {
  return findPlaces(text, GAZETTEER, options).map((mention) => mention.id);
}

describe("names, heads and clitics", () => {
  it.each([
    ["ماذا حدث في حي الحميدية؟", ["al-hamidiyah"]],
    ["شو صار بالحميدية", ["al-hamidiyah"]],
    ["شو صار بحي الحميديه", ["al-hamidiyah"]],
    ["شو صار عالحميدية", ["al-hamidiyah"]],
    ["هالحميدية شو صار فيها", ["al-hamidiyah"]],
    ["وللحميدية", ["al-hamidiyah"]],
    ["وبحَيِّ الحَمِيديّة", ["al-hamidiyah"]],
    ["الحميـــدية", ["al-hamidiyah"]],
    ["حي «الحميدية»", ["al-hamidiyah"]],
    [
      "أحياء الحميدية والعرضي والمطار القديم والصناعة",
      ["al-hamidiyah", "al-ardi", "al-matar-al-qadim", "as-sinaa"],
    ],
    ["حيي العمال والعرفي", ["al-ummal", "al-urfi"]],
    ["حيّي العمال والعرفي", ["al-ummal", "al-urfi"]],
    ["قرى الحسينية والجنينة", ["al-husayniyah", "al-junaynah"]],
    ["احياء جبيلة والحميدية والعمال", ["al-jubaylah", "al-hamidiyah", "al-ummal"]],
    ["-محيميدة وحوايج ذياب-", ["muhaymidah", "hawaij-dhiyab"]],
    ["محافظتا حمص ودير الزور", ["homs-governorate", DEIR_EZ_ZOR]],
    ["محافظة دير الزور", [DEIR_EZ_ZOR]],
    ["مدينة دير الزور", ["deir-ez-zor"]],
    ["بديرالزور", ["deir-ez-zor"]],
    ["شو صار بالدير", ["deir-ez-zor"]],
    ["من دير  الزور", ["deir-ez-zor"]],
    ["حويجةصكر وحويجة صكر", ["huwayjat-saqr", "huwayjat-saqr"]],
    ["ابو كمال والبوكمال وألبو كمال", ["abu-kamal", "abu-kamal", "abu-kamal"]],
    ["الموحسن", ["muhasan"]],
    ["اللواء 137 ولواء ١٣٧", ["brigade-137", "brigade-137"]],
    ["للواء 137", ["brigade-137"]],
    ["الريف الغربي لدير الزور", ["rif-deir-ez-zor-west"]],
    ["ريف دير الزور الشمالي الغربي", ["rif-deir-ez-zor-northwest"]],
    ["ريف دمشق", ["rif-dimashq-governorate"]],
    ["معارك العمال والعرفي", ["al-ummal", "al-urfi"]],
    ["السيطرة على العمال والصناعة والحميدية", ["al-ummal", "as-sinaa", "al-hamidiyah"]],
    ["شو صار بالغوطة الشرقية", ["eastern-ghouta"]],
    ["بادية دير الزور", ["badiyat-deir-ez-zor"]],
    ["عين العرب", ["ayn-al-arab"]],
    ["ماذا يحدث في غزة والموصل؟", ["gaza", "mosul"]],
    ["زيارة إلى لبنان وللعراق", ["lebanon", "iraq"]],
    ["للبنان", ["lebanon"]],
    ["ريف دير حافر", ["dayr-hafir"]],
    ["بريف الدير الغربي", ["rif-deir-ez-zor-west"]],
    ["بقرص", ["buqrus"]],
    ["كباجب", ["kabajib"]],
  ])("%s", (text, expected) => {
    expect(ids(text)).toEqual(expected);
  });
});

describe("names in Latin letters", () => {
  it.each([
    ["What happened in Deir ez-Zor?", ["deir-ez-zor"]],
    ["Deir Ezzor / DeirEzzor / Dayr az-Zawr", ["deir-ez-zor", "deir-ez-zor", "deir-ez-zor"]],
    ["al-Hamidiya, Al Hamidiyeh and Hamidieh", ["al-hamidiyah", "al-hamidiyah", "al-hamidiyah"]],
    ["shu sar bel 7amidiye", ["al-hamidiyah"]],
    ["el 7amidiyye", ["al-hamidiyah"]],
    ["Mayadin or Mayadeen", ["al-mayadin", "al-mayadin"]],
    ["Albukamal", ["abu-kamal"]],
    ["Homs, Raqqa", ["homs", "raqqa"]],
    ["Deir ez-Zor military airport", ["deir-ez-zor-airport"]],
  ])("%s", (text, expected) => {
    expect(ids(text)).toEqual(expected);
  });

  it("reads no place into ordinary English", () => {
    expect(ids("Dear bot, how many of them were there in the home, and is it him?")).toEqual([]);
  });
});

describe("what is no place", () => {
  it.each([
    "قوات سوريا الديمقراطية",
    "لقوات سوريا الديمقراطية وفرات بوست",
    "من جنسيات سورية وغير سورية",
    "الجيش السوري والنظام السوري",
    "المرصد السوري لحقوق الإنسان",
    "تنظيم “الدولة الإسلامية”",
    "عملية “عاصفة الجزيرة”",
    "عبر قناتها الخاصة",
    "خسارات متتالية لقوات النظام",
    "مقطع من الثورة السورية",
    "الطبقة الوسطى",
    "المقطع العرضي",
    "قال العمال إن الصناعة متوقفة",
    "ميادين القتال",
    "دوماً",
    "فتح الباب وخرج",
    "سجن الموظفين",
    "إضراب العمال والعرفيين",
    "حول المدينة",
  ])("%s", (text) => {
    expect(ids(text, { prefer: DEIR_EZ_ZOR })).toEqual([]);
  });

  it("takes a common word for a place after a head, in a list, and after a preposition in a question only", () => {
    expect(ids("في الصناعة", { bare: false })).toEqual([]);
    expect(ids("في الصناعة", { bare: true })).toEqual(["as-sinaa"]);
    expect(ids("حي الصناعة", { bare: false })).toEqual(["as-sinaa"]);
    expect(ids("في الحميدية والصناعة", { bare: false, prefer: DEIR_EZ_ZOR })).toEqual([
      "al-hamidiyah",
      "as-sinaa",
    ]);
  });
});

describe("names that look alike", () => {
  it("keeps the old airport, a quarter, apart from the military airport", () => {
    expect(ids("المطار القديم")).toEqual(["al-matar-al-qadim"]);
    expect(ids("المطار العسكري")).toEqual(["deir-ez-zor-airport"]);
    expect(ids("مطار دير الزور العسكري")).toEqual(["deir-ez-zor-airport"]);
  });

  it("keeps العرفي apart from العرضي and الجورة from الجفرة", () => {
    expect(ids("حي العرفي وحي العرضي")).toEqual(["al-urfi", "al-ardi"]);
    expect(ids("الجورة والجفرة")).toEqual(["al-joura", "al-jafrah"]);
  });
});

describe("one name, several places", () => {
  const hamidiyah = (text: string, options: FindPlacesOptions = QUESTION) =>
    findPlaces(text, GAZETTEER, options)[0];

  it("keeps all candidates and puts the preferred region first", () => {
    const mention = hamidiyah("ماذا حدث في الحميدية؟");
    expect(mention?.id).toBe("al-hamidiyah");
    expect(mention?.candidates).toHaveLength(4);
    expect(mention?.candidates[0]).toBe("al-hamidiyah");
  });

  it.each([
    ["حي الحميدية في حمص", "al-hamidiyah-homs"],
    ["الحميدية بحمص", "al-hamidiyah-homs"],
    ["الحميدية (حمص)", "al-hamidiyah-homs"],
    ["حمص : الحميدية", "al-hamidiyah-homs"],
    ["حي الحميدية وسط مدينة حمص", "al-hamidiyah-homs"],
    ["في حمص، حي الحميدية", "al-hamidiyah-homs"],
    ["حي الحميدية بمدينة الرقة", "al-hamidiyah-raqqa"],
    ["الحميدية بريف طرطوس", "al-hamidiyah-tartus"],
    ["الحميدية بدير الزور", "al-hamidiyah"],
  ])("%s: the place named beside it decides", (text, expected) => {
    const mentions = mostParticular(findPlaces(text, GAZETTEER, QUESTION), GAZETTEER);
    expect(mentions.map((mention) => mention.id)).toEqual([expected]);
  });

  it("follows the city that the rest of the text names", () => {
    const text = "شهدت مدينة حمص اليوم قصفا مدفعيا على حي الحميدية";
    expect(ids(text)).toEqual(["homs", "al-hamidiyah-homs"]);
    expect(ids(text, {})).toEqual(["homs", "al-hamidiyah-homs"]);
  });

  it("does not let a place that is only listed beside it decide", () => {
    expect(hamidiyah("الحميدية وحمص")?.id).toBe("al-hamidiyah");
  });

  it.each([
    ["حي العمال في حمص", ["homs"]],
    ["حي الصناعة بمدينة حلب", ["aleppo"]],
    ["الملعب البلدي (حماة)", ["hama"]],
    ["انسحبوا من الميادين إلى الرقة", ["al-mayadin", "raqqa"]],
    ["حي الحميدية وفي حمص", ["al-hamidiyah", "homs"]],
  ])("%s: a quarter that the text puts elsewhere is not the one that is known", (text, expected) => {
    expect(ids(text)).toEqual(expected);
  });

  it("takes no quarter or site of another governorate than the report's own", () => {
    const report = { context: ["aleppo-governorate"], prefer: DEIR_EZ_ZOR };
    expect(ids("قصف حي الصناعة قرب شركة الكهرباء", report)).toEqual([]);
    expect(ids("قصف الميادين", report)).toEqual(["al-mayadin"]);
    expect(hamidiyah("حي الحميدية", { context: ["homs"], prefer: DEIR_EZ_ZOR })?.id).toBe(
      "al-hamidiyah-homs",
    );
  });

  it("reads الدير as the city in a question, not in a report", () => {
    expect(ids("خرجوا إلى الدير", { bare: false })).toEqual([]);
    expect(ids("خرجوا إلى الدير", { bare: true })).toEqual(["deir-ez-zor"]);
  });

  it("follows the context where no region is preferred", () => {
    expect(hamidiyah("الحميدية", { context: ["raqqa"] })?.id).toBe("al-hamidiyah-raqqa");
  });
});

describe("spans", () => {
  it.each(["وبالحَمِيديّة،", "للحميدية", "حي “الحميدية”", "ﺍﻟﺤﻤﻴﺪﻳﺔ", "ديـر الـزور", "x😀الحميدية😀"])(
    "%s: the words found stand in the text as given",
    (text) => {
      const mentions = findPlaces(text, GAZETTEER, QUESTION);
      expect(mentions).toHaveLength(1);
      for (const { span, text: words } of mentions) expect(text.slice(...span)).toBe(words);
    },
  );
});
