package org.tenderpoint.profile;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.chart.RecordType;
import org.tenderpoint.guard.BodyGuard;
import org.tenderpoint.server.Callers;

/**
 * {@code [Type]/$validate}.
 *
 * @param <T> the HAPI class
 */
public final class ValidateProvider<T extends Resource> implements IResourceProvider {

    private static final byte[] NOTHING = {};

    private final RecordType<T> type;
    private final Validations validations;

    ValidateProvider(RecordType<T> type, Validations validations) {
        this.type = type;
        this.validations = validations;
    }

    @Override
    public Class<T> getResourceType() {
        return type.resourceClass();
    }

    /** Takes the body as it was sent, because HAPI's parser would refuse what the validator has words for. */
    @Operation(name = "$validate", manualRequest = true)
    @Description(shortDefinition = "Checks a resource; nothing is written")
    public OperationOutcome validate(
            @OperationParam(name = "resource", max = 1) @Nullable IBaseResource resource,
            @OperationParam(name = "mode", max = 1) @Nullable CodeType mode,
            @OperationParam(name = "profile", max = 1) @Nullable UriType profile,
            HttpServletRequest request) {
        var body = Objects.requireNonNullElse((byte[]) request.getAttribute(BodyGuard.BODY), NOTHING);
        return validations.validate(
                Callers.current(),
                type.name(),
                body,
                mode == null ? null : mode.getValue(),
                profile == null ? null : profile.getValue());
    }
}
