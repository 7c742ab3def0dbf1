package org.tenderpoint.server;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.Delete;
import ca.uhn.fhir.rest.annotation.History;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Patch;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.PatchTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.Committed;
import org.tenderpoint.chart.Committed.Outcome;
import org.tenderpoint.chart.HistoryQuery;
import org.tenderpoint.chart.RecordType;
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
    private final JsonPatches patches;
    private final SearchBundles bundles;
    private final HistoryBundles histories;
    private final FhirContext fhir;

    RecordProvider(
            RecordType<T> type,
            Chart chart,
            Writes writes,
            JsonPatches patches,
            SearchBundles bundles,
            HistoryBundles histories,
            FhirContext fhir) {
        this.type = type;
        this.chart = chart;
        this.writes = writes;
        this.patches = patches;
        this.bundles = bundles;
        this.histories = histories;
        this.fhir = fhir;
    }

    @Override
    public Class<T> getResourceType() {
        return type.resourceClass();
    }

    @Create
    public MethodOutcome create(
            @ResourceParam T resource, @ConditionalUrlParam @Nullable String ifNoneExist, RequestDetails request) {
        // HAPI knows nothing of an empty header, whose sender wanted something to be checked.
        var condition = ifNoneExist == null ? request.getHeader("If-None-Exist") : ifNoneExist;
        var act =
                new Change.Create(resource, null, RequestForms.identifiers(condition, type.name()), null, type.name());
        return written(new Asked.Plain(act), "create", request);
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
    public MethodOutcome update(
            @IdParam @Nullable IdType id,
            @ResourceParam T resource,
            @ConditionalUrlParam @Nullable String where,
            RequestDetails request) {
        var ifMatch = RequestForms.ifMatch(request.getHeader("If-Match"));
        var onlyIfNone = RequestForms.onlyIfNone(request.getHeader("If-None-Match"));
        if (where != null) {
            var condition = Condition.read(type.name(), where);
            resource.setId(idAsSent(request));
            return written(
                    new Asked.Update(condition, resource, null, ifMatch, onlyIfNone, type.name()), "update", request);
        }
        var uuid = RequestForms.uuid(Objects.requireNonNull(id));
        if (onlyIfNone) {
            chart.read(Callers.current(), type.name(), uuid);
            throw Resolver.thereIsOne(type.name());
        }
        return written(
                new Asked.Plain(new Change.Update(uuid, resource, null, ifMatch, type.name())), "update", request);
    }

    @Patch
    public MethodOutcome patch(
            @IdParam @Nullable IdType id,
            @ConditionalUrlParam @Nullable String where,
            PatchTypeEnum form,
            @ResourceParam String body,
            RequestDetails request) {
        if (form != PatchTypeEnum.JSON_PATCH) {
            throw new Refused(415, List.of(Issue.notSupported("content-type", JsonPatches.ONLY)));
        }
        var patch = patches.read(body.getBytes(StandardCharsets.UTF_8), "");
        var ifMatch = RequestForms.ifMatch(request.getHeader("If-Match"));
        var asked = new Asked.Patch(
                type.name(),
                where == null ? RequestForms.uuid(Objects.requireNonNull(id)) : null,
                where == null ? null : Condition.read(type.name(), where),
                patch,
                null,
                ifMatch,
                type.name());
        return written(asked, "patch", request);
    }

    @Delete
    public MethodOutcome delete(
            @IdParam @Nullable IdType id, @ConditionalUrlParam @Nullable String where, RequestDetails request) {
        var ifMatch = RequestForms.ifMatch(request.getHeader("If-Match"));
        if (where != null) {
            return written(
                    new Asked.Delete(Condition.read(type.name(), where), ifMatch, type.name()), "delete", request);
        }
        if (id == null || !id.hasIdPart()) {
            throw new Refused(
                    405, List.of(Issue.notSupported("delete-without-id", "DELETE names one resource: Type/id.")));
        }
        var act = new Change.Delete(type.name(), RequestForms.uuid(id), ifMatch, type.name());
        return written(new Asked.Plain(act), "delete", request);
    }

    @Search(allowUnknownParams = true)
    public Bundle search(RequestDetails request) {
        return bundles.asBundle(Callers.current(), SearchRequest.of(type, request));
    }

    @History
    public Bundle history(@IdParam IdType id, RequestDetails request) {
        var query = HistoryQuery.read(type, RequestForms.uuid(id), request.getParameters());
        var page = chart.history(Callers.current(), query);
        return histories.bundle(query, page, request.getFhirServerBase(), request.getParameters());
    }

    /** HAPI takes the id out of a resource whose URL has none. */
    private @Nullable String idAsSent(RequestDetails request) {
        var encoding = EncodingEnum.forContentType(request.getHeader("Content-Type"));
        var body = new String(request.loadRequestContents(), StandardCharsets.UTF_8);
        var sent = Objects.requireNonNullElse(encoding, EncodingEnum.JSON)
                .newParser(fhir)
                .parseResource(body);
        return sent.getIdElement().getIdPart();
    }

    private MethodOutcome written(Asked asked, String reason, RequestDetails request) {
        var outcome = new MethodOutcome();
        var written = writes.carryOut(Callers.current(), List.of(asked), reason).get(0);
        written.ifPresent(committed -> describe(committed, outcome, request));
        var isDeletion = written.map(committed -> committed.stored().deleted()).orElse(true);
        if (isDeletion) {
            outcome.setResponseStatusCode(outcome.getOperationOutcome() == null ? 204 : 200);
        }
        return outcome;
    }

    private void describe(Committed committed, MethodOutcome outcome, RequestDetails request) {
        var stored = committed.stored();
        // HAPI writes some of these for some interactions, over what stands here.
        var response = ((ServletRequestDetails) request).getServletResponse();
        response.setHeader("Last-Modified", RequestForms.httpDate(stored.lastUpdated()));
        response.setHeader("ETag", stored.etag());
        response.setHeader(
                "Location", request.getFhirServerBase() + "/" + stored.reference() + "/_history/" + stored.version());
        if (stored.deleted()) {
            if (Returning.of(request.getHeaders("Prefer"), Returning.MINIMAL) == Returning.OUTCOME) {
                outcome.setOperationOutcome(Returning.outcome(committed));
            }
            return;
        }
        outcome.setId(new IdType(type.name(), stored.id().toString(), Integer.toString(stored.version())));
        outcome.setOperationOutcome(Returning.outcome(committed));
        outcome.setCreated(committed.outcome() == Outcome.CREATED);
        // What was there before may have changed since in ways that its first sender may not see: it gets the id.
        if (committed.outcome() != Outcome.EXISTING) {
            outcome.setResource(FhirJson.parse(fhir, stored.json()));
        }
    }
}
