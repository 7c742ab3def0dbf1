package org.tenderpoint.document;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.server.Asked;
import org.tenderpoint.server.FhirJson;
import org.tenderpoint.server.RequestForms;
import org.tenderpoint.server.Writes;

/**
 * Documents of Compositions in the chart: the Composition, what it points at, and the people and places that those name,
 * as far as the caller may see them. Narrative stays as it was written.
 */
@Component
public final class StoredDocuments {

    private static final String URI = "urn:ietf:rfc:3986";

    private final Chart chart;
    private final Writes writes;
    private final FhirContext fhir;
    private final Clock clock;

    StoredDocuments(Chart chart, Writes writes, FhirContext fhir, Clock clock) {
        this.chart = chart;
        this.writes = writes;
        this.fhir = fhir;
        this.clock = clock;
    }

    /** The document as it is now; nothing is written. */
    public Bundle assemble(Caller caller, UUID composition, String base) {
        return assemble(caller, composition, base, false);
    }

    /**
     * The document, kept as a Bundle. The same versions of the same resources are kept once.
     *
     * @throws org.tenderpoint.issue.Refused 403 where the caller's role may not keep Bundles; 422 where something in it is
     *     not for everybody who may read the Bundle
     */
    public Bundle store(Caller caller, UUID composition, String base) {
        AccessRule.require(caller, Interaction.CREATE, "Bundle");
        var document = assemble(caller, composition, base, true);
        var identifier = URI + "|" + document.getIdentifier().getValue();
        var create = new Change.Create(document, null, List.of(identifier), null, "Bundle");
        var kept = writes.carryOut(caller, List.of(new Asked.Plain(create)), "$document")
                .get(0)
                .orElseThrow()
                .stored();
        var answer = (Bundle) FhirJson.parse(fhir, kept.json());
        answer.setId(new IdType("Bundle", kept.id().toString(), Integer.toString(kept.version())));
        return answer;
    }

    private Bundle assemble(Caller caller, UUID id, String base, boolean shared) {
        var rows = chart.document(caller, id, this::pointsAt, shared);
        var resources = new LinkedHashMap<String, Resource>();
        Stream.concat(Stream.of(rows.composition()), rows.referenced().stream())
                .forEach(row -> resources.put(row.reference(), FhirJson.parse(fhir, row.json())));
        var named = resources.values().stream()
                .flatMap(resource -> references(resource).stream())
                .filter(reference -> !resources.containsKey(PatientRecord.idOf(reference)))
                .toList();
        var directory = Directory.of(fhir, chart::directory, named);
        named.stream()
                .flatMap(reference -> directory.behind(reference).stream())
                .forEach(resource -> resources.putIfAbsent(PatientRecord.idOf(resource), resource));
        return document(resources, base);
    }

    private Bundle document(Map<String, Resource> resources, String base) {
        var versions = resources.values().stream()
                .map(resource -> resource.getId() + resource.getMeta().getVersionId())
                .sorted()
                .toList();
        var uuid = UUID.nameUUIDFromBytes(versions.toString().getBytes(StandardCharsets.UTF_8));
        var bundle = new Bundle().setType(Bundle.BundleType.DOCUMENT);
        bundle.setIdentifier(new Identifier().setSystem(URI).setValue("urn:uuid:" + uuid));
        bundle.setTimestampElement(new InstantType(
                Date.from(clock.instant()),
                ca.uhn.fhir.model.api.TemporalPrecisionEnum.MILLI,
                TimeZone.getTimeZone("UTC")));
        resources.forEach((reference, resource) ->
                bundle.addEntry().setFullUrl(base + "/" + reference).setResource(resource));
        return bundle;
    }

    private Set<UUID> pointsAt(Stored composition) {
        return references(FhirJson.parse(fhir, composition.json())).stream()
                .map(reference ->
                        RequestForms.uuidOrNull(reference.getReferenceElement().getIdPart()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private List<Reference> references(Resource resource) {
        return fhir.newTerser().getAllResourceReferences(resource).stream()
                .map(found -> (Reference) found.getResourceReference())
                .filter(Reference::hasReference)
                .toList();
    }
}
