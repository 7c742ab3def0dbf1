// Room: headache. Days counted from the patient's diary.

Profile: TenderpointHeadacheDays
Parent: Observation
Id: headache-days
Title: "Headache Days"
Description: "Days with headache, with migraine, or with acute medication in the last 28 days, counted from the patient's diary."
* obeys tp-headache-1 and tp-headache-2
* insert Measured
* code from HeadacheDayCodes (required)
* insert QuantityIn(d)

Invariant: tp-headache-1
Description: "A count of days in 28 days lies between 0 and 28."
Severity: #error
Expression: "value.ofType(Quantity).value.all($this >= 0 and $this <= 28)"

Invariant: tp-headache-2
Description: "Days are counted whole."
Severity: #error
Expression: "value.ofType(Quantity).value.all($this mod 1 = 0)"

ValueSet: HeadacheDayCodes
Id: headache-day-codes
Title: "Headache Day Codes"
Description: "What is counted in a headache diary."
* ^experimental = false
* MassageCodes#headache-days-28d
* MassageCodes#migraine-days-28d
* MassageCodes#acute-med-days-28d

// Examples

Instance: tp-headache-1-pass
InstanceOf: TenderpointHeadacheDays
Usage: #example
Title: "Headache days"
Description: "Fourteen days with headache in four weeks."
* insert SurveyExample
* extension[sessionPhase].valueCode = #diary
* code = $massage#headache-days-28d
* valueQuantity = 14 'd' "d"

Instance: tp-headache-2-pass
InstanceOf: TenderpointHeadacheDays
Usage: #example
Title: "Days with acute medication"
Description: "Ten days with acute medication in four weeks."
* insert SurveyExample
* extension[sessionPhase].valueCode = #diary
* code = $massage#acute-med-days-28d
* valueQuantity = 10 'd' "d"
