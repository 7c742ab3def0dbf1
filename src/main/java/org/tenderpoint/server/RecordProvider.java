package org.tenderpoint.server;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.model.primitive.InstantDt;
import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.Delete;
import ca.uhn.fhir.rest.annotation.History;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.Committed;
import org.tenderpoint.chart.Committed.Outcome;
import org.tenderpoint.chart.RecordType;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * The REST interactions of one resource type. Reads and searches in JSON are answered earlier, by {@link RawAnswerInterceptor},
 * from the stored bytes; what comes here is XML, {@code _summary}, {@code _elements} and {@code _pretty}.
 *
 * @param <T> the HAPI class
 */
public final class RecordProvider<T extends Resource> implements IResourceProvider {

    private final RecordType<T> type;
    private final Chart chart;
    private final Writes writes;
    private final SearchBundles bundles;
    private final FhirContext fhir;

    RecordProvider(RecordType<T> type, Chart chart, Writes writes, SearchBundles bundles, FhirContext fhir) {
        this.type = type;
        this.chart = chart;
        this.writes = writes;
        this.bundles = bundles;
        this.fhir = fhir;
    }

    @Override
    public Class<T> getResourceType() {
        return type.resourceClass();
    }

    @Create
    public MethodOutcome create(@ResourceParam T resource, @ConditionalUrlParam @Nullable String ifNoneExist) {
        var act = new Change.Create(
                resource, null, RequestForms.identifiers(ifNoneExist, type.name()), null, type.name());
        return outcome(writes.carryOut(Callers.current(), List.of(act), "create"));
    }

    @Read(version = true)
    public IBaseResource read(@IdParam IdType id) {
        var stored = id.hasVersionIdPart()
                ? chart.vread(
                        Callers.current(),
                        type.name(),
                        RequestForms.uuid(id),
                        RequestForms.version(id.getVersionIdPart()))
                : chart.read(Callers.current(), type.name(), RequestForms.uuid(id));
        return FhirJson.parse(fhir, stored.json());
    }

    @Update
    public MethodOutcome update(@IdParam IdType id, @ResourceParam T resource, RequestDetails request) {
        var ifMatch = RequestForms.ifMatch(request.getHeader("If-Match"));
        var act = new Change.Update(RequestForms.uuid(id), resource, null, ifMatch, type.name());
        return outcome(writes.carryOut(Callers.current(), List.of(act), "update"));
    }

    @Delete
    public MethodOutcome delete(@IdParam @Nullable IdType id, RequestDetails request) {
        if (id == null || !id.hasIdPart()) {
            throw new Refused(
                    405, List.of(Issue.notSupported("delete-without-id", "DELETE names one resource: Type/id.")));
        }
        var ifMatch = RequestForms.ifMatch(request.getHeader("If-Match"));
        var act = new Change.Delete(type.name(), RequestForms.uuid(id), ifMatch, type.name());
        writes.carryOut(Callers.current(), List.of(act), "delete");
        var outcome = new MethodOutcome();
        outcome.setResponseStatusCode(204);
        return outcome;
    }

    @Search(allowUnknownParams = true)
    public Bundle search(RequestDetails request) {
        var query = Searches.query(type, request);
        return bundles.asBundle(chart.search(Callers.current(), query), query, request);
    }

    @History
    public IBundleProvider history(@IdParam IdType id, RequestDetails request) {
        for (var parameter : List.of("_since", "_at", "_count")) {
            if (request.getParameters().containsKey(parameter)) {
                throw Refused.badRequest(Issue.notSupported(
                        "history-parameter", "A history comes whole; " + parameter + " is not offered."));
            }
        }
        var versions = chart.history(Callers.current(), type.name(), RequestForms.uuid(id));
        return new SimpleBundleProvider(versions.stream().map(this::version).toList());
    }

    private IBaseResource version(Stored stored) {
        if (!stored.deleted()) {
            return FhirJson.parse(fhir, stored.json());
        }
        var grave = fhir.getResourceDefinition(type.resourceClass()).newInstance();
        grave.setId(new IdType(type.name(), stored.id().toString(), Integer.toString(stored.version())));
        ResourceMetadataKeyEnum.DELETED_AT.put(grave, new InstantDt(Date.from(stored.lastUpdated())));
        return grave;
    }

    private MethodOutcome outcome(List<Committed> committed) {
        var result = committed.get(0);
        var stored = result.stored();
        var outcome = new MethodOutcome();
        outcome.setId(new IdType(type.name(), stored.id().toString(), Integer.toString(stored.version())));
        // What was there before may have changed since in ways that its first sender may not see: it gets the id.
        if (result.outcome() != Outcome.EXISTING) {
            outcome.setResource(FhirJson.parse(fhir, stored.json()));
        }
        outcome.setCreated(result.outcome() == Outcome.CREATED);
        return outcome;
    }
}
