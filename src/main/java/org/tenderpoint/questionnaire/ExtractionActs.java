package org.tenderpoint.questionnaire;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.server.Derivation;
import org.tenderpoint.server.FhirJson;

/**
 * Lets what a complete response says go into the record in the transaction that writes the response, with Provenance. An
 * amended response amends what came out of it; what is not said any more is taken back.
 */
@Component
class ExtractionActs implements Derivation {

    /** Carries the key of an answer, behind what names the response. */
    static final String ANSWER = "https://tenderpoint.org/fhir/identifier/answer";

    private static final Set<QuestionnaireResponseStatus> COMPLETE =
            EnumSet.of(QuestionnaireResponseStatus.COMPLETED, QuestionnaireResponseStatus.AMENDED);

    private final Forms forms;
    private final Chart chart;
    private final FhirContext fhir;
    private final Clock clock;

    ExtractionActs(Forms forms, Chart chart, FhirContext fhir, Clock clock) {
        this.forms = forms;
        this.chart = chart;
        this.fhir = fhir;
        this.clock = clock;
    }

    @Override
    public List<Change.Act> derive(Caller caller, List<Change.Act> acts) {
        var all = new ArrayList<Change.Act>(acts);
        for (int i = 0; i < acts.size(); i++) {
            if (acts.get(i) instanceof Change.Create create
                    && create.resource() instanceof QuestionnaireResponse response) {
                all.set(i, created(caller, create, response, all));
            } else if (acts.get(i) instanceof Change.Update update
                    && update.resource() instanceof QuestionnaireResponse response) {
                amended(caller, update, response, all);
            }
        }
        return all;
    }

    private List<Extraction.Extracted> extracted(Caller caller, QuestionnaireResponse response, String source) {
        if (!COMPLETE.contains(response.getStatus()) || response.getQuestionnaire() == null) {
            return List.of();
        }
        return forms.find(caller, response.getQuestionnaire())
                .map(form -> new Extraction(form, response, new Reference(source)).all())
                .orElse(List.of());
    }

    private Change.Act created(
            Caller caller, Change.Create create, QuestionnaireResponse response, List<Change.Act> all) {
        var url = create.fullUrl() == null ? "urn:uuid:" + UUID.randomUUID() : create.fullUrl();
        var found = extracted(caller, response, url);
        if (found.isEmpty()) {
            return create;
        }
        // A response that is created under a condition may be there already: then its answers are, too.
        var isConditional = !create.ifNoneExist().isEmpty();
        var key = isConditional
                ? UUID.nameUUIDFromBytes(
                        (caller.organization() + create.ifNoneExist().toString()).getBytes(StandardCharsets.UTF_8))
                : UUID.randomUUID();
        var targets = new ArrayList<String>();
        for (var one : found) {
            targets.add(add(one, key.toString(), isConditional, create.path(), all));
        }
        all.add(provenance(
                response, url, targets, isConditional ? "answers:" + key + "#provenance" : null, create.path()));
        return new Change.Create(create.resource(), url, create.ifNoneExist(), create.claim(), create.path());
    }

    private static String add(
            Extraction.Extracted one, String key, boolean isConditional, String path, List<Change.Act> all) {
        var value = key + "#" + one.key();
        Authored.identifiers(one.resource())
                .add(new Identifier().setSystem(ANSWER).setValue(value));
        var url = "urn:uuid:" + UUID.randomUUID();
        all.add(new Change.Create(
                one.resource(), url, isConditional ? List.of(ANSWER + "|" + value) : List.of(), null, path));
        return url;
    }

    private void amended(Caller caller, Change.Update update, QuestionnaireResponse response, List<Change.Act> all) {
        var source = "QuestionnaireResponse/" + update.id();
        var wanted = extracted(caller, response, source);
        var standing = standing(caller, source);
        if (wanted.isEmpty() && standing.isEmpty()) {
            return;
        }
        var key = standing.values().stream()
                .findFirst()
                .flatMap(row -> value(row.resource()))
                .map(value -> value.substring(0, value.indexOf('#')))
                .orElseGet(() -> UUID.randomUUID().toString());
        var targets = new ArrayList<String>();
        for (var one : wanted) {
            var before = standing.remove(one.key());
            if (before == null) {
                targets.add(add(one, key, false, update.path(), all));
            } else if (!saysTheSame(before.resource(), one.resource())) {
                Authored.identifiers(one.resource())
                        .add(new Identifier().setSystem(ANSWER).setValue(key + "#" + one.key()));
                targets.add(change(before, one.resource(), update.path(), all));
            }
        }
        standing.values().forEach(row -> {
            var gone = row.resource().copy();
            Authored.takeBack(gone);
            if (!gone.equalsDeep(row.resource())) {
                targets.add(change(row, gone, update.path(), all));
            }
        });
        if (!targets.isEmpty()) {
            all.add(provenance(response, source, targets, null, update.path()));
        }
    }

    private record Row(Resource resource, Stored stored) {}

    private static String change(Row row, Resource resource, String path, List<Change.Act> all) {
        resource.setId((String) null);
        all.add(new Change.Update(row.stored.id(), resource, null, row.stored.version(), path));
        return row.stored.reference();
    }

    private static boolean saysTheSame(Resource before, Resource wanted) {
        var plain = before.copy();
        plain.setId((String) null);
        var meta = plain.getMeta();
        meta.setVersionId(null).setLastUpdated(null);
        Authored.identifiers(plain).removeIf(identifier -> ANSWER.equals(identifier.getSystem()));
        return plain.equalsDeep(wanted);
    }

    /** What came out of a response before, by the keys of its answers. */
    private Map<String, Row> standing(Caller caller, String source) {
        var query = QueryReader.read(
                RecordTypes.require("Provenance"),
                Map.of("entity", new String[] {source}, "_include", new String[] {"Provenance:target"}));
        var rows = new LinkedHashMap<String, Row>();
        for (var stored : chart.search(caller, query).included()) {
            var resource = FhirJson.parse(fhir, stored.json());
            value(resource)
                    .ifPresent(value -> rows.put(value.substring(value.indexOf('#') + 1), new Row(resource, stored)));
        }
        return rows;
    }

    private static Optional<String> value(Resource resource) {
        return Authored.identifiers(resource).stream()
                .filter(identifier -> ANSWER.equals(identifier.getSystem()) && identifier.hasValue())
                .map(Identifier::getValue)
                .findFirst();
    }

    private Change.Create provenance(
            QuestionnaireResponse response,
            String source,
            List<String> targets,
            @org.jspecify.annotations.Nullable String claim,
            String path) {
        var provenance = new Provenance().setRecorded(Date.from(clock.instant()));
        targets.forEach(target -> provenance.addTarget(new Reference(target)));
        var who = response.hasAuthor() ? response.getAuthor() : response.getSource();
        provenance.addAgent().setWho(who.isEmpty() ? response.getSubject().copy() : who.copy());
        provenance.addEntity().setRole(ProvenanceEntityRole.SOURCE).setWhat(new Reference(source));
        return new Change.Create(provenance, null, List.of(), claim, path);
    }
}
