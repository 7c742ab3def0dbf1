package org.tenderpoint.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.tenderpoint.chart.AuditAsk;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.RequestForms;

/** Reads the parameters of a search for AuditEvents. */
final class AuditSearch {

    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_summary", "_elements");
    private static final Set<String> PARAMETERS = new TreeSet<>(List.of(
            "_count", "_cursor", "_id", "_sort", "action", "agent", "altid", "date", "entity", "outcome", "patient"));

    private static final Set<String> ACTIONS = Set.of("C", "R", "U", "D", "E");
    private static final int PAGE = 50;

    private AuditSearch() {}

    /** @throws Refused 400 that names the parameter and its form */
    static AuditAsk read(Map<String, String[]> parameters) {
        var ask = new AuditAsk();
        parameters.forEach((name, values) -> {
            if (PRESENTATION.contains(name)) {
                return;
            }
            if (!PARAMETERS.contains(name)) {
                throw Refused.badRequest(Issue.notSupported(
                        "search-parameter-unknown",
                        "Parameter " + Issue.echo(name) + " is none of AuditEvent, which is searched by "
                                + String.join(", ", PARAMETERS) + "."));
            }
            Arrays.stream(values).forEach(value -> read(ask, name, value));
        });
        return ask.page(count(parameters), one(parameters, "_cursor"));
    }

    private static void read(AuditAsk ask, String name, String value) {
        switch (name) {
            case "date" ->
                require(ask.dated(value), name, "is a date or time, with eq, ge, gt, le or lt before it or without");
            case "patient" -> ask.about(patient(name, value));
            case "entity" -> entity(ask, name, value);
            case "agent" -> {
                require(value.matches("[A-Z][A-Za-z]+/[A-Za-z0-9._@-]{1,100}"), name, "is a reference, Type/id");
                ask.by(value);
            }
            case "altid" -> {
                require(
                        !value.isEmpty() && value.indexOf('|') < 0 && value.indexOf(',') < 0,
                        name,
                        "is the id of one client");
                ask.byClient(value);
            }
            case "_id" -> {
                require(!value.isEmpty() && value.indexOf(',') < 0, name, "is one id");
                ask.id(Optional.ofNullable(RequestForms.uuidOrNull(value)).orElse(new UUID(0, 0)));
            }
            case "action" -> action(ask, name, value);
            case "outcome" -> outcome(ask, name, value);
            case "_sort" -> require(value.equals("-date"), name, "is -date, which is the order of the answer anyway");
            default -> require(!value.isEmpty(), name, "has a value");
        }
    }

    private static UUID patient(String name, String value) {
        var id = RequestForms.uuidOrNull(value.startsWith("Patient/") ? value.substring("Patient/".length()) : value);
        require(id != null, name, "is a reference to one Patient, Patient/id or id");
        return Optional.ofNullable(id).orElseThrow();
    }

    private static void entity(AuditAsk ask, String name, String value) {
        var slash = value.indexOf('/');
        var id = RequestForms.uuidOrNull(value.substring(slash + 1));
        require(slash > 0 && id != null, name, "is a reference, Type/id");
        if (value.startsWith("Patient/")) {
            ask.about(Optional.ofNullable(id).orElseThrow());
        } else {
            ask.on(value.substring(0, slash), Optional.ofNullable(id).orElseThrow());
        }
    }

    private static void action(AuditAsk ask, String name, String value) {
        require(ACTIONS.contains(value), name, "is C, R, U, D or E");
        var action = AuditEventAction.fromCode(value);
        if (action != AuditEventAction.E) {
            ask.interactions(AuditAct.interactions(action), true);
            return;
        }
        for (var other : AuditEventAction.values()) {
            if (other != AuditEventAction.E && other != AuditEventAction.NULL) {
                ask.interactions(AuditAct.interactions(other), false);
            }
        }
    }

    private static void outcome(AuditAsk ask, String name, String value) {
        require(Set.of("0", "4", "8", "12").contains(value), name, "is 0, 4, 8 or 12");
        ask.succeeded(value.equals("0"));
        if (value.equals("4") || value.equals("8")) {
            ask.because(BasicAudit.DENIALS, AuditAct.doors(), value.equals("8"));
        }
        if (!value.equals("0")) {
            ask.because(BasicAudit.FAILURES, Set.of(), value.equals("12"));
        }
    }

    private static int count(Map<String, String[]> parameters) {
        var count = one(parameters, "_count");
        if (count.isEmpty()) {
            return PAGE;
        }
        require(
                count.filter(text -> text.matches("[1-9][0-9]{0,6}")).isPresent(),
                "_count",
                "is a whole number from 1 to " + AuditAsk.LARGEST_PAGE);
        return Math.min(AuditAsk.LARGEST_PAGE, Integer.parseInt(count.get()));
    }

    private static Optional<String> one(Map<String, String[]> parameters, String name) {
        var values = Optional.ofNullable(parameters.get(name));
        require(values.filter(several -> several.length > 1).isEmpty(), name, "stands once");
        return values.map(several -> several[0]).filter(Predicate.not(String::isEmpty));
    }

    private static void require(boolean fits, String name, String form) {
        if (!fits) {
            throw Refused.badRequest(
                    new Issue(IssueType.INVALID, "search-value-invalid", null, "Parameter " + name + " " + form + "."));
        }
    }
}
