package org.tenderpoint.guard;

import org.tenderpoint.issue.Refused;

/** Hears of every request that is refused before the FHIR server has seen it. */
@FunctionalInterface
public interface RefusalWatch {

    void refused(Refused refused);
}
