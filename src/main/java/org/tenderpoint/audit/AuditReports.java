package org.tenderpoint.audit;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.AuditAsk;
import org.tenderpoint.chart.AuditBook;
import org.tenderpoint.chart.AuditBook.AuditPage;
import org.tenderpoint.chart.AuditBook.Disclosure;
import org.tenderpoint.chart.AuditBook.Reached;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Reports over the audit: who has seen a record, to whom it was disclosed, and whom somebody has reached. */
@Component
final class AuditReports {

    static final String ACCESS = "$access-report";
    static final String DISCLOSURES = "$accounting-of-disclosures";
    static final String REACHED = "$reached";

    /** 45 CFR 164.528(a)(1): six years before the date of the request. */
    private static final int YEARS = 6;

    private final AuditBook book;
    private final Chart chart;
    private final FhirContext fhir;
    private final Clock clock;

    AuditReports(AuditBook book, Chart chart, FhirContext fhir, Clock clock) {
        this.book = book;
        this.chart = chart;
        this.fhir = fhir;
        this.clock = clock;
    }

    /**
     * A span of time.
     *
     * @param start inclusive; none for since ever
     * @param end inclusive; none for until now
     */
    record Span(@Nullable DateTimeType start, @Nullable DateTimeType end) {

        AuditAsk ask() {
            var ask = new AuditAsk();
            if (start != null && end != null && end.getValue().before(start.getValue())) {
                throw Refused.unprocessable(
                        List.of(Issue.value("period-reversed", null, "Parameter start is not after parameter end.")));
            }
            bound(ask, "start", "ge", start);
            bound(ask, "end", "le", end);
            return ask;
        }

        private static void bound(AuditAsk ask, String name, String prefix, @Nullable DateTimeType time) {
            if (time != null && !ask.dated(prefix + time.getValueAsString())) {
                throw invalid(name, "is a date or a time with seconds");
            }
        }
    }

    /** Who has seen or changed a patient's record, newest first. */
    AuditPage access(Caller caller, UUID patient, Span span, @Nullable Integer count, Optional<String> cursor) {
        if (count != null && (count < 1 || count > AuditAsk.LARGEST_PAGE)) {
            throw invalid("_count", "is a whole number from 1 to " + AuditAsk.LARGEST_PAGE);
        }
        var entries = count == null ? AuditAsk.LARGEST_PAGE : count;
        return book.about(caller, ACCESS, patient, span.ask().page(entries, cursor));
    }

    /** To whom a patient's record was disclosed: when, who with address, what, and for what purpose. */
    Parameters disclosures(Caller caller, UUID patient, Span span) {
        var since = clock.instant().atOffset(ZoneOffset.UTC).minusYears(YEARS).toInstant();
        var ask = span.ask();
        if (span.start == null) {
            ask.from(since);
        }
        var found = book.disclosures(caller, DISCLOSURES, patient, ask);
        var receivers = receivers(found);
        var answer = new Parameters();
        part(answer.addParameter(), "patient", new Reference("Patient/" + patient));
        for (var disclosure : found) {
            var shown = answer.addParameter();
            shown.setName("disclosure");
            part(shown.addPart(), "first", instant(disclosure.first()));
            part(shown.addPart(), "last", instant(disclosure.last()));
            part(shown.addPart(), "times", new IntegerType((int) disclosure.times()));
            recipient(disclosure, receivers, shown);
            part(
                    shown.addPart(),
                    "what",
                    new StringType(disclosure.type() == null ? "several kinds of resources" : disclosure.type()));
            part(
                    shown.addPart(),
                    "purpose",
                    new CodeType(Role.valueOf(disclosure.role()).purpose()));
        }
        return answer;
    }

    /**
     * The patients whose records a client or a person has reached.
     *
     * @param client id of a client
     * @param person relative reference, or {@code Organization/id}
     */
    Parameters reached(Caller caller, @Nullable String client, @Nullable String person, Span span) {
        if (client == null && person == null) {
            throw Refused.badRequest(new Issue(
                    IssueType.REQUIRED,
                    "operation-parameter-missing",
                    null,
                    "Say who: the parameter client names a client, person whoever stood before one."));
        }
        var ask = span.ask();
        if (client != null) {
            ask.byClient(client);
        }
        if (person != null) {
            ask.by(person);
        }
        var reached = book.reached(caller, REACHED, ask);
        var answer = new Parameters();
        part(answer.addParameter(), "patients", new IntegerType(reached.size()));
        for (Reached one : reached) {
            var shown = answer.addParameter();
            shown.setName("reached");
            part(shown.addPart(), "patient", new Reference("Patient/" + one.patient()));
            part(shown.addPart(), "requests", new IntegerType((int) one.requests()));
            part(shown.addPart(), "first", instant(one.first()));
            part(shown.addPart(), "last", instant(one.last()));
        }
        return answer;
    }

    private static void recipient(
            Disclosure disclosure, Map<UUID, Organization> receivers, ParametersParameterComponent shown) {
        var organization = disclosure.organization() == null ? null : receivers.get(disclosure.organization());
        if (disclosure.organization() != null) {
            var who = new Reference("Organization/" + disclosure.organization());
            part(shown.addPart(), "who", organization == null ? who : who.setDisplay(organization.getName()));
        }
        if (organization != null && organization.hasAddress()) {
            part(shown.addPart(), "address", new StringType(text(organization.getAddressFirstRep())));
        }
        part(shown.addPart(), "client", new StringType(disclosure.clientId()));
    }

    private Map<UUID, Organization> receivers(List<Disclosure> disclosures) {
        var ids = disclosures.stream()
                .map(Disclosure::organization)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        var receivers = new HashMap<UUID, Organization>();
        chart.directory(ids)
                .forEach(stored -> receivers.put(
                        stored.id(),
                        fhir.newJsonParser()
                                .parseResource(Organization.class, new String(stored.json(), StandardCharsets.UTF_8))));
        return receivers;
    }

    private static String text(Address address) {
        if (address.hasText()) {
            return address.getText();
        }
        var lines = address.getLine().stream().map(StringType::getValue).collect(Collectors.joining(", "));
        return List.of(
                        lines,
                        String.join(" ", known(address.getPostalCode()), known(address.getCity())),
                        known(address.getState()))
                .stream()
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String known(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static void part(ParametersParameterComponent part, String name, Type value) {
        part.setName(name).setValue(value);
    }

    private static InstantType instant(Instant time) {
        return new InstantType(Date.from(time));
    }

    private static Refused invalid(String parameter, String rule) {
        return Refused.badRequest(new Issue(
                IssueType.INVALID, "operation-parameter-form", null, "Parameter " + parameter + " " + rule + "."));
    }
}
