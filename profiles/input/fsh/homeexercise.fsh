// Room: homeexercise. How much of the home programme was done.

Profile: TenderpointHomeAdherence
Parent: Observation
Id: home-adherence
Title: "Adherence to the Home Programme"
Description: "Home sessions done of those prescribed, in per cent."
* obeys tp-homeexercise-1
* insert Measured
* code = $massage#hep-adherence
* insert QuantityIn(%)

Invariant: tp-homeexercise-1
Description: "Adherence lies between 0 and 100 per cent."
Severity: #error
Expression: "value.ofType(Quantity).value.all($this >= 0 and $this <= 100)"

// Examples

Instance: tp-homeexercise-1-pass
InstanceOf: TenderpointHomeAdherence
Usage: #example
Title: "Four days of five"
Description: "Eighty per cent."
* insert SurveyExample
* code = $massage#hep-adherence
* valueQuantity = 80 '%' "%"
