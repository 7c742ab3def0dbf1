// Room: stress. The total of the Perceived Stress Scale.

Profile: TenderpointStressScore
Parent: Observation
Id: stress-score
Title: "Stress Score"
Description: "The total of the Perceived Stress Scale."
* obeys tp-stress-1
* insert Measured
* code from StressScoreCodes (required)
* insert QuantityIn({score})

Invariant: tp-stress-1
Description: "The Perceived Stress Scale goes from 0 to 40."
Severity: #error
Expression: "value.ofType(Quantity).value.all($this >= 0 and $this <= 40)"

ValueSet: StressScoreCodes
Id: stress-score-codes
Title: "Stress Score Codes"
Description: "What is scored."
* ^experimental = false
* MassageCodes#pss-10

// Examples

Instance: tp-stress-1-pass
InstanceOf: TenderpointStressScore
Usage: #example
Title: "Stress Score"
Description: "Within its range."
* insert SurveyExample
* code = $massage#pss-10
* valueQuantity = 18 '{score}' "{score}"
