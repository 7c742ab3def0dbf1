/**
 * What came of an episode of care: every trend, the overall response, what a session does, and {@code $outcome-trend} for
 * charts. Start at {@link org.tenderpoint.outcome.EpisodeOutcomes}; the thresholds belong to {@code observation}.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "server", "observation", "document"})
@NullMarked
package org.tenderpoint.outcome;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
