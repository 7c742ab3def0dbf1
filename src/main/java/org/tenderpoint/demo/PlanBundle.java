package org.tenderpoint.demo;

import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.CarePlan.CarePlanIntent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;

/** The plan of care as the clinic writes it once the referral is accepted: goals, techniques, and what to leave out. */
final class PlanBundle {

    private final DemoBundle bundle = new DemoBundle();
    private final Course course;
    private final Course.Plan plan;
    private final Days days;

    private PlanBundle(Course course, Course.Plan plan, Days days) {
        this.course = course;
        this.plan = plan;
        this.days = days;
    }

    static Bundle of(Course course, Course.Plan plan, Days days) {
        var making = new PlanBundle(course, plan, days);
        making.carePlan();
        if (course.proxy() != null) {
            making.proxy(course.proxy());
        }
        return making.bundle.bundle();
    }

    private void carePlan() {
        var carePlan = new CarePlan()
                .setStatus(CarePlanStatus.ACTIVE)
                .setIntent(CarePlanIntent.PLAN)
                .setTitle("Massage plan of care")
                .setDescription(plan.text())
                .setSubject(patient())
                .setPeriod(period())
                .setCreatedElement(Days.dateTime(days.at(0, "12:00")))
                .setAuthor(DemoBundle.to("Practitioner", course.therapist()))
                // In R4 a plan can be based on plans only, so the referral stands here.
                .addSupportingInfo(DemoBundle.to("ServiceRequest", course.key()));
        carePlan.addCategory(new CodeableConcept()
                .addCoding(Codes.coding(Codes.MASSAGE, "massage-plan-of-care", "Massage plan of care"))
                .addCoding(Codes.coding(Codes.SNOMED, "734163000", "Care plan")));
        carePlan.addCategory(Codes.of("http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan"));
        for (int i = 0; i < course.conditions().size(); i++) {
            carePlan.addAddresses(DemoBundle.to("Condition", ReferralBundle.conditionName(course, i)));
        }
        for (int i = 0; i < plan.goals().size(); i++) {
            carePlan.addGoal(bundle.add(goal(plan.goals().get(i)), course.key() + "-" + (i + 1)));
        }
        plan.techniques().forEach(technique -> plan(carePlan, technique));
        plan.avoid().forEach(avoided -> leaveOut(carePlan, avoided));
        bundle.add(carePlan, course.key());
    }

    /** The clinic has seen the paper, so it is the clinic that enters her. */
    private void proxy(Course.Proxy who) {
        var person = new RelatedPerson()
                .setActive(true)
                .setPatient(patient())
                .setGender(AdministrativeGender.fromCode(who.gender()))
                .setPeriod(new Period().setStartElement(days.wholeDay(0)));
        person.addIdentifier(DemoBundle.identifier("RelatedPerson", who.key()));
        person.addName().setFamily(who.family()).addGiven(who.given());
        person.addRelationship(
                new CodeableConcept().addCoding(Codes.coding(Codes.HL7 + "v3-RoleCode", who.role(), who.display())));
        bundle.add(person, who.key());
    }

    private Goal goal(Course.Aim aim) {
        var goal = new Goal()
                .setLifecycleStatus(GoalLifecycleStatus.ACTIVE)
                .setAchievementStatus(Codes.of(Codes.HL7 + "goal-achievement", "in-progress"))
                .setDescription(new CodeableConcept().setText(aim.text()))
                .setSubject(patient())
                .setStart(days.date(0))
                .addAddresses(DemoBundle.to("Condition", ReferralBundle.conditionName(course, 0)));
        goal.addCategory(Codes.of(Codes.HL7 + "goal-category", "physiotherapy"));
        goal.addTarget()
                .setMeasure(Codes.concept(aim.measure()))
                .setDetail(Measures.quantity(aim.measure(), aim.value())
                        .setComparator(QuantityComparator.fromCode(aim.comparator())))
                .setDue(days.date(aim.day()));
        return goal;
    }

    private void plan(CarePlan carePlan, String technique) {
        var timing = new Timing();
        timing.getRepeat()
                .setCount(course.order().visits())
                .setFrequency(plan.visitsAWeek())
                .setPeriod(1)
                .setPeriodUnit(UnitsOfTime.WK);
        carePlan.addActivity()
                .getDetail()
                .setStatus(CarePlanActivityStatus.INPROGRESS)
                .setCode(Codes.concept(technique))
                .setDoNotPerform(false)
                .setScheduled(timing)
                .addPerformer(DemoBundle.to("Practitioner", course.therapist()));
    }

    private static void leaveOut(CarePlan carePlan, Course.Avoided avoided) {
        carePlan.addActivity()
                .getDetail()
                .setStatus(CarePlanActivityStatus.NOTSTARTED)
                .setCode(Codes.concept(avoided.technique()))
                .setDoNotPerform(true)
                .setDescription(avoided.reason());
    }

    private Period period() {
        return new Period()
                .setStartElement(days.wholeDay(0))
                .setEndElement(days.wholeDay(course.order().weeks() * 7));
    }

    private Reference patient() {
        return DemoBundle.to("Patient", course.key());
    }
}
