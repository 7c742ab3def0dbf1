package org.tenderpoint.treatmentsummary;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.SimpleQuantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.PayerView;
import org.tenderpoint.document.Charted;
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

    /** What tells one joint's motion from another's; the other components of a finding are nobody's business here. */
    private static final Set<String> PLACE = Set.of("side", "movement", "active-passive", "starting-position");

    private MinimumNecessary() {}

    static Patient of(Patient patient) {
        var allowed = (Patient) PayerView.of(patient).orElseThrow();
        var view = new Patient();
        allowed.getIdentifier()
                .forEach(number -> view.addIdentifier(identifier(number).setType(codes(number.getType()))));
        view.setName(names(allowed.getName()));
        view.setGender(allowed.getGender());
        view.setBirthDate(allowed.getBirthDate());
        return bare(view, patient);
    }

    static Coverage of(Coverage coverage) {
        var view = new Coverage();
        view.setIdentifier(identifiers(coverage.getIdentifier()));
        view.setStatus(coverage.getStatus());
        view.setSubscriberId(coverage.getSubscriberId());
        view.setBeneficiary(reference(coverage.getBeneficiary()));
        if (PatientRecord.idOf(coverage.getPolicyHolder()).startsWith("Organization/")) {
            view.setPolicyHolder(reference(coverage.getPolicyHolder()));
        }
        view.setPeriod(period(coverage.getPeriod()));
        view.setPayor(
                coverage.getPayor().stream().map(MinimumNecessary::reference).toList());
        return bare(view, coverage);
    }

    /** @param diagnoses references of the conditions that the summary shows; another that a referral names stays out */
    static ServiceRequest of(ServiceRequest referral, Set<String> diagnoses) {
        var view = new ServiceRequest();
        referral.getIdentifier()
                .forEach(number -> view.addIdentifier(identifier(number).setType(codes(number.getType()))));
        view.setStatus(referral.getStatus());
        view.setIntent(referral.getIntent());
        view.setCode(codes(referral.getCode()));
        if (referral.getQuantity() instanceof Quantity quantity) {
            view.setQuantity(amount(quantity));
        }
        view.setSubject(reference(referral.getSubject()));
        view.setAuthoredOnElement(time(referral.getAuthoredOnElement()));
        view.setRequester(reference(referral.getRequester()));
        referral.getReasonReference().stream()
                .filter(reason -> diagnoses.contains(PatientRecord.idOf(reason)))
                .forEach(reason -> view.addReasonReference(reference(reason)));
        return bare(view, referral);
    }

    static Condition of(Condition condition) {
        var view = new Condition();
        view.setClinicalStatus(codes(condition.getClinicalStatus()));
        view.setCode(codes(condition.getCode()));
        view.setSubject(reference(condition.getSubject()));
        view.setOnset(when(condition.getOnset()));
        return bare(view, condition);
    }

    static Encounter of(Encounter visit) {
        var view = new Encounter();
        view.setStatus(visit.getStatus());
        view.setClass_(code(visit.getClass_()));
        view.setSubject(reference(visit.getSubject()));
        view.setPeriod(period(visit.getPeriod()));
        view.setServiceProvider(reference(visit.getServiceProvider()));
        return bare(view, visit);
    }

    static Procedure of(Procedure procedure) {
        var view = new Procedure();
        view.setStatus(procedure.getStatus());
        view.setCode(codes(procedure.getCode()));
        view.setSubject(reference(procedure.getSubject()));
        view.setEncounter(reference(procedure.getEncounter()));
        view.setPerformed(when(procedure.getPerformed()));
        procedure.getBodySite().forEach(site -> view.addBodySite(site(site)));
        var minutes = procedure.getExtensionByUrl(Technique.MINUTES);
        if (minutes != null && minutes.getValue() instanceof Quantity quantity) {
            view.addExtension(new Extension(Technique.MINUTES, amount(quantity)));
        } else if (minutes != null && minutes.getValue() instanceof IntegerType number) {
            view.addExtension(new Extension(Technique.MINUTES, new IntegerType(number.getValue())));
        }
        Charted.URLS.forEach(url -> procedure.getExtensionsByUrl(url).stream()
                .flatMap(extension -> charted(extension).stream())
                .forEach(view::addExtension));
        return bare(view, procedure);
    }

    private static Optional<Extension> charted(Extension extension) {
        Type value = null;
        if (extension.getValue() instanceof CodeableConcept concept) {
            value = codes(concept);
        } else if (extension.getValue() instanceof IntegerType level && level.hasValue()) {
            value = new IntegerType(level.getValue());
        } else if (extension.getValue() instanceof BooleanType alone && alone.hasValue()) {
            value = new BooleanType(alone.getValue());
        } else if (extension.getValue() instanceof CodeType modifier && modifier.hasValue()) {
            value = new CodeType(modifier.getValue());
        }
        return Optional.ofNullable(value).map(plain -> new Extension(extension.getUrl(), plain));
    }

    /** A functional value as it was read; the measure's code, the day, the number, and where on the body. */
    static Observation of(Observation observation, Measurement value, MeasureRule rule) {
        var view = new Observation();
        view.setStatus(observation.getStatus());
        view.setCode(codes(observation.getCode()));
        view.setSubject(reference(observation.getSubject()));
        view.setEffective(when(observation.getEffective()));
        view.setValue(new Quantity()
                .setValue(value.value())
                .setUnit(rule.unit())
                .setSystem(UCUM)
                .setCode(rule.unit()));
        if (observation.hasBodySite()) {
            view.setBodySite(site(observation.getBodySite()));
        }
        observation.getComponent().stream()
                .filter(part -> part.getValue() instanceof CodeableConcept)
                .filter(part -> part.getCode().getCoding().stream()
                        .anyMatch(code -> Words.MASSAGE.equals(code.getSystem()) && PLACE.contains(code.getCode())))
                .forEach(part -> view.addComponent()
                        .setCode(codes(part.getCode()))
                        .setValue(codes(part.getValueCodeableConcept())));
        return bare(view, observation);
    }

    /** @param text the goal in words made from its target, in the place of the patient's own */
    static Goal of(Goal goal, String text) {
        var view = new Goal();
        view.setLifecycleStatus(goal.getLifecycleStatus());
        view.setAchievementStatus(codes(goal.getAchievementStatus()));
        view.setDescription(new CodeableConcept().setText(text));
        view.setSubject(reference(goal.getSubject()));
        view.setStart(when(goal.getStart()));
        var target = goal.getTargetFirstRep();
        var measured = view.addTarget().setMeasure(codes(target.getMeasure())).setDue(when(target.getDue()));
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
            view.setName(names(person.getName()));
            person.getQualification().forEach(qualification -> view.addQualification()
                    .setIdentifier(identifiers(qualification.getIdentifier()))
                    .setCode(new CodeableConcept().setText(Words.of(qualification.getCode()))));
            return List.of(bare(view, person));
        }
        if (resource instanceof Organization place) {
            var view = new Organization();
            view.setIdentifier(identifiers(place.getIdentifier()));
            view.setName(place.getName());
            return List.of(bare(view, place));
        }
        return List.of();
    }

    /** Whoever keeps one of these should know that there is more to it. */
    private static <T extends Resource> T bare(T view, Resource of) {
        view.setId(PatientRecord.idOf(of));
        view.getMeta()
                .addTag(new Coding("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "SUBSETTED", null));
        return view;
    }

    // A display of a reference is free text, often a name.
    private static Reference reference(Reference reference) {
        var target = PatientRecord.idOf(reference);
        return target.isEmpty() ? new Reference() : new Reference(target);
    }

    private static List<Identifier> identifiers(List<Identifier> identifiers) {
        return identifiers.stream().map(MinimumNecessary::identifier).toList();
    }

    private static Identifier identifier(Identifier identifier) {
        return new Identifier().setSystem(identifier.getSystem()).setValue(identifier.getValue());
    }

    private static List<HumanName> names(List<HumanName> names) {
        return names.stream()
                .map(name -> {
                    var view = new HumanName()
                            .setUse(name.getUse())
                            .setText(name.getText())
                            .setFamily(name.getFamily());
                    name.getPrefix().forEach(part -> view.addPrefix(part.getValue()));
                    name.getGiven().forEach(part -> view.addGiven(part.getValue()));
                    name.getSuffix().forEach(part -> view.addSuffix(part.getValue()));
                    return view;
                })
                .toList();
    }

    // A date may carry extensions, and those may carry anything, so only its value is taken.
    private static @Nullable Type when(@Nullable Type when) {
        if (when instanceof Period period) {
            return period(period);
        }
        if (when instanceof DateType day) {
            return new DateType(day.getValueAsString());
        }
        if (when instanceof InstantType instant) {
            return new InstantType(instant.getValueAsString());
        }
        return when instanceof DateTimeType time ? time(time) : null;
    }

    private static DateTimeType time(DateTimeType time) {
        if (isBare(time)) {
            return time;
        }
        var view = new DateTimeType();
        view.setValueAsString(time.getValueAsString());
        return view;
    }

    private static Period period(Period period) {
        return new Period().setStartElement(time(period.getStartElement())).setEndElement(time(period.getEndElement()));
    }

    private static CodeableConcept codes(CodeableConcept concept) {
        var view = new CodeableConcept();
        concept.getCoding().forEach(coding -> view.addCoding(code(coding)));
        return view;
    }

    private static Coding code(Coding coding) {
        // A display is the sender's text. A record of fifty visits has a thousand codings, most of them as they may go
        // out.
        if (isBare(coding) && !coding.hasVersion() && !coding.hasDisplay() && !coding.hasUserSelected()) {
            return coding;
        }
        return new Coding(coding.getSystem(), coding.getCode(), null);
    }

    private static boolean isBare(Element element) {
        return !element.hasId() && !element.hasExtension();
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
        view.setUnit(UCUM.equals(quantity.getSystem()) ? quantity.getCode() : null);
        view.setSystem(quantity.getSystem());
        view.setCode(quantity.getCode());
        return view;
    }
}
