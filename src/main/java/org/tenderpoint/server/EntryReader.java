package org.tenderpoint.server;

import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Reads what one entry of a Bundle asks to be written. */
@Component
class EntryReader {

    private static final String JSON_PATCH = "application/json-patch+json";

    private final JsonPatches patches;

    EntryReader(JsonPatches patches) {
        this.patches = patches;
    }

    /**
     * Reads an entry that writes.
     *
     * @param path of the entry's resource in the request
     * @throws Refused 400 or 415 that names the entry
     */
    Asked read(BundleEntryComponent entry, String path) {
        var request = entry.getRequest();
        if (EntryTarget.isAudit(request.getUrl())) {
            throw MethodsInterceptor.auditIsWrittenHere();
        }
        if (request.hasIfNoneExist() && request.getMethod() != org.hl7.fhir.r4.model.Bundle.HTTPVerb.POST) {
            throw Refused.badRequest(Issue.value(
                    "if-none-exist-misplaced",
                    path.replace(".resource", ".request.ifNoneExist"),
                    "ifNoneExist goes with POST; PUT carries its condition in the url."));
        }
        return switch (request.getMethod()) {
            case POST -> create(entry, path);
            case PUT -> update(entry, path);
            case DELETE -> delete(entry, path);
            case PATCH -> patch(entry, path);
            default ->
                throw Refused.badRequest(Issue.notSupported(
                        "bundle-method", "In a Bundle, GET, POST, PUT, PATCH and DELETE are offered."));
        };
    }

    private static Asked create(BundleEntryComponent entry, String path) {
        var url = entry.getRequest().getUrl();
        if (!url.equals(entry.getResource().fhirType()) || RecordTypes.find(url).isEmpty()) {
            throw badUrl(path, "POST goes to the type of the resource.");
        }
        var identifiers = entry.getRequest().hasIfNoneExist()
                ? RequestForms.identifiers(entry.getRequest().getIfNoneExist(), url)
                : List.<String>of();
        return new Asked.Plain(new Change.Create(entry.getResource(), entry.getFullUrl(), identifiers, null, path));
    }

    private static Asked update(BundleEntryComponent entry, String path) {
        var resource = entry.getResource();
        var target = Target.of(entry, path);
        if (!target.type.equals(resource.fhirType())) {
            throw badUrl(path, "PUT goes to the type of the resource.");
        }
        var ifMatch = RequestForms.ifMatch(entry.getRequest().getIfMatch());
        var onlyIfNone = RequestForms.onlyIfNone(entry.getRequest().getIfNoneMatch());
        if (target.where != null) {
            return new Asked.Update(target.where, resource, entry.getFullUrl(), ifMatch, onlyIfNone, path);
        }
        if (onlyIfNone) {
            throw Refused.badRequest(Issue.value(
                    "if-none-match-invalid",
                    path.replace(".resource", ".request.ifNoneMatch"),
                    "Ids are given by the server: ifNoneMatch goes with a condition, Type?identifier=system|value."));
        }
        var id = target.id();
        if (resource.hasId()
                && !id.toString().equalsIgnoreCase(resource.getIdElement().getIdPart())) {
            throw badUrl(path, "The id in the URL and the id of the resource differ.");
        }
        return new Asked.Plain(new Change.Update(id, resource, entry.getFullUrl(), ifMatch, path));
    }

    private static Asked delete(BundleEntryComponent entry, String path) {
        var target = Target.of(entry, path);
        var ifMatch = RequestForms.ifMatch(entry.getRequest().getIfMatch());
        return target.where != null
                ? new Asked.Delete(target.where, ifMatch, path)
                : new Asked.Plain(new Change.Delete(target.type, target.id(), ifMatch, path));
    }

    private Asked patch(BundleEntryComponent entry, String path) {
        if (!(entry.getResource() instanceof Binary binary)
                || !JSON_PATCH.equals(binary.getContentType())
                || !binary.hasData()) {
            throw new Refused(
                    415,
                    List.of(new Issue(
                            org.hl7.fhir.r4.model.OperationOutcome.IssueType.NOTSUPPORTED,
                            "patch-form",
                            path,
                            "In a Bundle a patch is a Binary with contentType " + JSON_PATCH + " and the patch as data;"
                                    + " FHIRPath Patch and XML Patch are not offered.")));
        }
        var target = Target.of(entry, path);
        return new Asked.Patch(
                target.type,
                target.where == null ? target.id() : null,
                target.where,
                patches.read(binary.getData(), path),
                entry.getFullUrl(),
                RequestForms.ifMatch(entry.getRequest().getIfMatch()),
                path);
    }

    /** What the url of an entry names: one resource, or a condition. */
    private record Target(String type, @Nullable String named, @Nullable Condition where) {

        static Target of(BundleEntryComponent entry, String path) {
            var url = entry.getRequest().getUrl();
            var question = url.indexOf('?');
            var parts = (question < 0 ? url : url.substring(0, question)).split("/", -1);
            if (RecordTypes.find(parts[0]).isEmpty() || parts.length != (question < 0 ? 2 : 1)) {
                throw badUrl(path, "The URL has the form Type/id, or Type?identifier=system|value.");
            }
            return question < 0
                    ? new Target(parts[0], parts[1], null)
                    : new Target(parts[0], null, Condition.read(parts[0], url));
        }

        UUID id() {
            return RequestForms.uuid(named);
        }
    }

    private static Refused badUrl(String path, String diagnostics) {
        return Refused.badRequest(
                Issue.value("bundle-entry-url", path.replace(".resource", ".request.url"), diagnostics));
    }
}
