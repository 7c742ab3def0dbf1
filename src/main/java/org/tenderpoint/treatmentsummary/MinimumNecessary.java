package org.tenderpoint.treatmentsummary;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.SimpleQuantity;
import org.tenderpoint.access.PayerView;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.Technique;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.MeasureRule;
import org.tenderpoint.observation.Measurement;

/**
 * The resources of a treatment summary, each built anew from the elements named here. An element that is not named does
 * not leave the house, whatever a resource holds: no text, note, address, telecom or contained resource.
 *
 * @see "45 CFR 164.502(b)"
 */
final class MinimumNecessary {

    private static final String UCUM = "http://unitsofmeasure.org";

    private MinimumNecessary() {}

    static Resource of(Patient patient) {
        var view = PayerView.of(patient).orElseThrow();
        view.setMeta(null);
        return bare(view, patient);
    }

    static Coverage of(Coverage coverage) {
        var view = new Coverage();
        view.setIdentifier(identifiers(coverage.getIdentifier()));
        view.setStatusElement(coverage.getStatusElement());
        view.setSubscriberIdElement(coverage.getSubscriberIdElement());
        view.setBeneficiary(reference(coverage.getBeneficiary()));
        view.setPeriod(coverage.getPeriod());
        view.setPayor(
                coverage.getPayor().stream().map(MinimumNecessary::reference).toList());
        return bare(view, coverage);
    }

    static ServiceRequest of(ServiceRequest referral) {
        var view = new ServiceRequest();
        view.setIdentifier(identifiers(referral.getIdentifier()));
        view.setStatusElement(referral.getStatusElement());
        view.setIntentElement(referral.getIntentElement());
        view.setCode(codes(referral.getCode()));
        if (referral.getQuantity() instanceof Quantity quantity) {
            view.setQuantity(amount(quantity));
        }
        view.setSubject(reference(referral.getSubject()));
        view.setAuthoredOnElement(referral.getAuthoredOnElement());
        view.setRequester(reference(referral.getRequester()));
        return bare(view, referral);
    }

    static Condition of(Condition condition) {
        var view = new Condition();
        view.setClinicalStatus(codes(condition.getClinicalStatus()));
        view.setCode(codes(condition.getCode()));
        view.setSubject(reference(condition.getSubject()));
        if (condition.getOnset() instanceof DateTimeType onset) {
            view.setOnset(onset);
        }
        return bare(view, condition);
    }

    static Encounter of(Encounter visit) {
        var view = new Encounter();
        view.setStatusElement(visit.getStatusElement());
        view.setClass_(code(visit.getClass_()));
        view.setSubject(reference(visit.getSubject()));
        view.setPeriod(visit.getPeriod());
        return bare(view, visit);
    }

    static Procedure of(Procedure procedure) {
        var view = new Procedure();
        view.setStatusElement(procedure.getStatusElement());
        view.setCode(codes(procedure.getCode()));
        view.setSubject(reference(procedure.getSubject()));
        view.setEncounter(reference(procedure.getEncounter()));
        view.setPerformed(procedure.getPerformed());
        procedure.getBodySite().forEach(site -> view.addBodySite(site(site)));
        var minutes = procedure.getExtensionByUrl(Technique.MINUTES);
        if (minutes != null && minutes.getValue() instanceof Quantity quantity) {
            view.addExtension(new Extension(Technique.MINUTES, amount(quantity)));
        } else if (minutes != null && minutes.getValue() instanceof IntegerType number) {
            view.addExtension(new Extension(Technique.MINUTES, new IntegerType(number.getValue())));
        }
        return bare(view, procedure);
    }

    /** A functional value as it was read; the measure's code, the day and the number. */
    static Observation of(Observation observation, Measurement value, MeasureRule rule) {
        var view = new Observation();
        view.setStatusElement(observation.getStatusElement());
        view.setCode(codesOnly(observation.getCode()));
        view.setSubject(reference(observation.getSubject()));
        view.setEffective(observation.getEffective());
        view.setValue(new Quantity()
                .setValue(value.value())
                .setUnit(rule.unit())
                .setSystem(UCUM)
                .setCode(rule.unit()));
        return bare(view, observation);
    }

    /** @param text the goal in words made from its target, in the place of the patient's own */
    static Goal of(Goal goal, String text) {
        var view = new Goal();
        view.setLifecycleStatusElement(goal.getLifecycleStatusElement());
        view.setAchievementStatus(codes(goal.getAchievementStatus()));
        view.setDescription(new CodeableConcept().setText(text));
        view.setSubject(reference(goal.getSubject()));
        view.setStart(goal.getStart());
        var target = goal.getTargetFirstRep();
        var measured =
                view.addTarget().setMeasure(codesOnly(target.getMeasure())).setDue(target.getDue());
        if (target.getDetail() instanceof Quantity quantity) {
            measured.setDetail(amount(quantity));
        } else if (target.getDetail() instanceof Range range) {
            var bounds = new Range();
            if (range.hasLow()) {
                bounds.setLow(amount(range.getLow()));
            }
            if (range.hasHigh()) {
                bounds.setHigh(amount(range.getHigh()));
            }
            measured.setDetail(bounds);
        }
        return bare(view, goal);
    }

    /** Somebody of the directory; other types than people and organizations do not get in. */
    static List<Resource> ofDirectory(Resource resource) {
        if (resource instanceof PractitionerRole role) {
            var view = new PractitionerRole();
            view.setPractitioner(reference(role.getPractitioner()));
            view.setOrganization(reference(role.getOrganization()));
            return List.of(bare(view, role));
        }
        if (resource instanceof Practitioner person) {
            var view = new Practitioner();
            view.setIdentifier(identifiers(person.getIdentifier()));
            view.setName(person.getName());
            person.getQualification().forEach(qualification -> view.addQualification()
                    .setIdentifier(identifiers(qualification.getIdentifier()))
                    .setCode(new CodeableConcept().setText(Words.of(qualification.getCode()))));
            return List.of(bare(view, person));
        }
        if (resource instanceof Organization place) {
            var view = new Organization();
            view.setIdentifier(identifiers(place.getIdentifier()));
            view.setNameElement(place.getNameElement());
            return List.of(bare(view, place));
        }
        return List.of();
    }

    private static <T extends Resource> T bare(T view, Resource of) {
        view.setId(PatientRecord.idOf(of));
        return view;
    }

    // A display of a reference is free text, often a name.
    private static Reference reference(Reference reference) {
        var target = PatientRecord.idOf(reference);
        return target.isEmpty() ? new Reference() : new Reference(target);
    }

    private static List<Identifier> identifiers(List<Identifier> identifiers) {
        return identifiers.stream()
                .map(identifier ->
                        new Identifier().setSystem(identifier.getSystem()).setValue(identifier.getValue()))
                .toList();
    }

    private static CodeableConcept codes(CodeableConcept concept) {
        var view = new CodeableConcept();
        concept.getCoding().forEach(coding -> view.addCoding(code(coding)));
        return view;
    }

    private static CodeableConcept codesOnly(CodeableConcept concept) {
        var view = new CodeableConcept();
        concept.getCoding().forEach(coding -> view.addCoding(new Coding(coding.getSystem(), coding.getCode(), null)));
        return view;
    }

    private static Coding code(Coding coding) {
        return new Coding(coding.getSystem(), coding.getCode(), coding.getDisplay());
    }

    private static CodeableConcept site(CodeableConcept site) {
        var view = codes(site);
        var side = site.getExtensionByUrl(Technique.SIDE);
        if (side != null && side.getValue() instanceof CodeableConcept concept) {
            view.addExtension(new Extension(Technique.SIDE, codes(concept)));
        }
        return view;
    }

    private static Quantity amount(Quantity quantity) {
        var view = quantity instanceof SimpleQuantity ? new SimpleQuantity() : new Quantity();
        view.setValue(quantity.getValue());
        view.setComparator(quantity.getComparator());
        view.setUnit(quantity.getUnit());
        view.setSystem(quantity.getSystem());
        view.setCode(quantity.getCode());
        return view;
    }
}
