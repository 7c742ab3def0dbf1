// Room: careplan. The plan of massage therapy, and what is not to be done.

Profile: TenderpointCarePlan
Parent: CarePlan
Id: care-plan
Title: "Massage Care Plan"
Description: "The plan for one course of massage: reasons, goals, planned techniques, and restrictions as activities that are not to be performed."
* obeys tp-careplan-1 and tp-careplan-2
* status MS
* intent = #plan
* intent MS
* category 1..* MS
  * ^slicing.discriminator.type = #pattern
  * ^slicing.discriminator.path = "$this"
  * ^slicing.rules = #open
* category contains massage 1..1 MS and assessPlan 0..1 MS
* category[massage] = $massage#massage-plan-of-care
* category[assessPlan] = $us-core-careplan-category#assess-plan
  * ^short = "For readers of US Core"
* subject MS
* subject only Reference(Patient)
* period MS
* author MS
* addresses MS
* supportingInfo MS
  * ^short = "The referral, among others"
* goal MS
* activity MS
  * detail MS
    * code MS
    * doNotPerform MS
    * scheduled[x] MS

Invariant: tp-careplan-1
Description: "An active plan says from when it holds."
Severity: #error
Expression: "status = 'active' implies period.start.exists()"

Invariant: tp-careplan-2
Description: "A restriction says by code what is not to be done, so that a planned technique can be compared with it."
Severity: #error
Expression: "activity.detail.where(doNotPerform = true).all(code.coding.exists())"

// Examples

RuleSet: CarePlanExample
* insert Invented
* status = #active
* intent = #plan
* category[massage] = $massage#massage-plan-of-care
* category[assessPlan] = $us-core-careplan-category#assess-plan
* subject = Reference(ana)
* period.start = "2026-01-20"
* period.end = "2026-03-16"
* author = Reference(massage-therapist)
* addresses = Reference(ana-fibromyalgia)
* supportingInfo = Reference(tp-referral-1-pass)
* goal = Reference(tp-goal-1-pass)

Instance: tp-careplan-1-pass
InstanceOf: TenderpointCarePlan
Usage: #example
Title: "Active plan"
Description: "Light pressure and myofascial release once a week for eight weeks."
* insert CarePlanExample
* activity.detail.status = #scheduled
* activity.detail.code = $massage#myofascial-release
* activity.detail.scheduledTiming.repeat.frequency = 1
* activity.detail.scheduledTiming.repeat.period = 1
* activity.detail.scheduledTiming.repeat.periodUnit = #wk

Instance: tp-careplan-2-pass
InstanceOf: TenderpointCarePlan
Usage: #example
Title: "Plan with a restriction"
Description: "No heat: the restriction stands as a coded activity that is not to be performed."
* insert CarePlanExample
* activity[0].detail.status = #scheduled
* activity[0].detail.code = $massage#gentle-pressure
* activity[1].detail.status = #not-started
* activity[1].detail.doNotPerform = true
* activity[1].detail.code = $massage#heat
* activity[1].detail.description = "Reduced sensation of the feet."
