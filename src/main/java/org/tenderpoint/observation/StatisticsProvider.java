package org.tenderpoint.observation;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;

/** {@code Observation/$stats}. */
@Component
public final class StatisticsProvider implements FhirProvider {

    private final StatisticsOfObservations statistics;

    StatisticsProvider(StatisticsOfObservations statistics) {
        this.statistics = statistics;
    }

    /** Statistics of the measurements of one patient. */
    @Operation(name = "$stats", typeName = "Observation", idempotent = true)
    @Description(shortDefinition = "Statistics of one patient's measurements, code by code")
    public Parameters stats(
            @OperationParam(name = "subject", min = 1, max = 1) @Nullable UriType subject,
            @OperationParam(name = "code") @Nullable List<StringType> code,
            @OperationParam(name = "system", max = 1) @Nullable UriType system,
            @OperationParam(name = "coding") @Nullable List<Coding> coding,
            @OperationParam(name = "duration", max = 1) @Nullable DecimalType duration,
            @OperationParam(name = "period", max = 1) @Nullable Period period,
            @OperationParam(name = "statistic", min = 1) @Nullable List<CodeType> statistic,
            @OperationParam(name = "include", max = 1) @Nullable BooleanType include,
            @OperationParam(name = "limit", max = 1) @Nullable PositiveIntType limit) {
        var ask = new StatisticsAsk(
                StatisticsAsk.subject(subject),
                StatisticsAsk.codes(code, system, coding),
                StatisticsAsk.hours(duration),
                period,
                StatisticsAsk.statistics(statistic),
                include != null && include.booleanValue(),
                limit == null ? Integer.MAX_VALUE : limit.getValue());
        return statistics.of(Callers.current(), ask);
    }
}
