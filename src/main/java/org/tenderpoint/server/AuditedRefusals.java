package org.tenderpoint.server;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.guard.RefusalWatch;
import org.tenderpoint.issue.Refused;

/** Writes down what was refused before HAPI has seen it: bodies, URLs and headers that break the limits. */
@Component
final class AuditedRefusals implements RefusalWatch {

    private static final String WHATEVER_IT_WAS = "request";

    /** Asked for when something is refused: the guard stands before the chart is there. */
    private final ObjectProvider<Chart> chart;

    AuditedRefusals(ObjectProvider<Chart> chart) {
        this.chart = chart;
    }

    @Override
    public void refused(Refused refused) {
        chart.getObject()
                .refused(
                        Callers.known().orElse(null),
                        WHATEVER_IT_WAS,
                        null,
                        null,
                        refused.issues().get(0).code());
    }
}
