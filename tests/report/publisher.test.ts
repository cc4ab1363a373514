import { describe, expect, it } from "vitest";
import { markParts } from "../../src/report/parts.ts";
import { findPublisher } from "../../src/report/publisher.ts";

const PUBLISHERS = [
  { name: "المرصد السوري لحقوق الإنسان", variants: ["المرصد السوري"] },
  { name: "فرات بوست", variants: ["Euphrates Post"] },
  { name: "عنب بلدي", variants: [], site: "https://www.enabbaladi.net/" },
];
const TEXT = "دارت اشتباكات عنيفة في المدينة بين الطرفين، وأسفرت عن سقوط قتلى وجرحى بينهم مدنيون.";
const publisher = (body: string) => findPublisher({ body, parts: markParts(body), publishers: PUBLISHERS });

describe("findPublisher", () => {
  it("reads the byline first", () => {
    expect(
      publisher(`خاص – فرات بوست\n${TEXT} وعلم المرصد السوري ووثق المرصد السوري ورصد المرصد السوري ذلك.`),
    ).toBe("فرات بوست");
  });

  it("takes the site of a byline that names no known publisher", () => {
    expect(publisher(`عنوان الخبر اليوم\nmicrosyria.com مراد الأحمد\n${TEXT}`)).toBe("microsyria.com");
  });

  it("knows a publisher by its site", () => {
    expect(publisher(`عنوان الخبر اليوم\nwww.enabbaladi.net\n${TEXT}`)).toBe("عنب بلدي");
  });

  it("takes the publisher that the text gives as its own source at least twice", () => {
    expect(
      publisher(
        `${TEXT} ورصد المرصد السوري لحقوق الإنسان قصفاً، كما علم المرصد السوري بمقتل عدد من المدنيين.`,
      ),
    ).toBe("المرصد السوري لحقوق الإنسان");
    expect(publisher(`${TEXT} وبحسب ما علمت به “فرات بوست” وأفاد مصدر لـ”فرات بوست”، توقف القتال.`)).toBe(
      "فرات بوست",
    );
  });

  it("knows none where a source is only quoted", () => {
    expect(
      publisher(
        `${TEXT} وقال المرصد السوري لحقوق الإنسان إن القصف استمر. وأضاف المرصد السوري أن ثلاثة قتلوا.`,
      ),
    ).toBeNull();
    expect(publisher(`${TEXT} وعلم المرصد السوري بمقتل عدد منهم.`)).toBeNull();
    expect(
      publisher(`${TEXT} ورصد المرصد السوري القصف، وعلم المرصد السوري بذلك، وفقاً للمرصد السوري.`),
    ).toBeNull();
  });

  it("knows none where two are named equally often", () => {
    expect(
      publisher(`${TEXT} رصد المرصد السوري وعلم المرصد السوري وعلمت فرات بوست وعلمت فرات بوست.`),
    ).toBeNull();
  });

  it("does not take a longer word for a name", () => {
    expect(publisher(`${TEXT} رصدت عنب بلدية. وعلمت عنب بلدية.`)).toBeNull();
  });
});
