/**
 * Observations: pain, function and movement scores are read from FHIR, checked on write, and compared over an episode of
 * care. Start at {@link org.tenderpoint.observation.OutcomeTrend}; the thresholds are data, in {@code measure-rules.json}.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "server"})
@NullMarked
package org.tenderpoint.observation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
