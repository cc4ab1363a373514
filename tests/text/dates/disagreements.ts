const FUTURE_DURATION = "“في 3 أيام” is a duration here (“killed in 3 days”), not a day to come";
const PERIOD_AFTER =
  "upstream reads “after N units” as the unit that follows; other upstream cases read it as the day, as here";
const WEEK_OF_MONTH =
  "the first week of a month is its first seven days here; upstream counts from its first Monday";
const TRANSLATION = "the Arabic says something else than the English that upstream's answer was made for";

/** Why each case in scope that is not met is not met. */
export const DISAGREEMENTS: Readonly<Record<string, string>> = {
  "duckling#5": "“2/2013” is a month here, as in Microsoft's set; upstream gives its first day",
  "duckling#88": WEEK_OF_MONTH,
  "duckling#89": WEEK_OF_MONTH,
  "duckling#92": "the last week of a month is its last seven days here; upstream wants the last Monday week",
  "duckling#93": "the last week of a month is its last seven days here; upstream wants the last Monday week",
  "DateExtractor#49": "“اليوم الأخير” alone names no day here",
  "DateExtractor#98": "November 2016 has no fifth Sunday; a day that does not exist gives no entry",
  "DateParser#41": "“الأحد القادم” is the coming Sunday here, not that of next week",
  "DateParser#54": "“يومي” is “daily”, or announces two days",
  "DatePeriodExtractor#166": FUTURE_DURATION,
  "DatePeriodExtractor#168": FUTURE_DURATION,
  "DatePeriodExtractor#169": FUTURE_DURATION,
  "DatePeriodParser#16":
    "“سبتمبر الماضي” said in November is the September two months ago here, not a year earlier",
  "DatePeriodParser#18": WEEK_OF_MONTH,
  "DatePeriodParser#21": "“سبتمبر 16” is a day here; upstream's own DateParser agrees",
  "DatePeriodParser#26": FUTURE_DURATION,
  "DatePeriodParser#60": PERIOD_AFTER,
  "DatePeriodParser#61": "upstream answers “after 3 weeks” with the three weeks before",
  "DatePeriodParser#64": WEEK_OF_MONTH,
  "DatePeriodParser#99": "“1970” is one year here, not a decade",
  "DatePeriodParser#105": "the seventies of the nineteenth century are the 1870s",
  "DatePeriodParser#107": "“the twenties” said in 2016 are the 1920s here; upstream gives the 2010s",
  "DatePeriodParser#120": TRANSLATION,
  "DatePeriodParser#121": TRANSLATION,
  "DatePeriodParser#132": PERIOD_AFTER,
  "DatePeriodParser#133": PERIOD_AFTER,
  "DatePeriodParser#136": TRANSLATION,
  "MergedParser#16": FUTURE_DURATION,
  "MergedParser#17": FUTURE_DURATION,
  "MergedParser#18": FUTURE_DURATION,
  "MergedParser#19": PERIOD_AFTER,
  "MergedParser#44": TRANSLATION,
  "MergedParser#46": "“لا يتجاوز” (not later than) is not read",
  "MergedParser#51": "“تنتهي مع” (ends with) is not read as an open start",
  "MergedParser#53": "“حتى عام 2012” includes 2012 here",
};
