/**
 * The International Patient Summary of a record. Start at {@link org.tenderpoint.ips.PatientSummaries};
 * {@link org.tenderpoint.ips.PatientSummary} says what goes into which section.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "server", "document"})
@NullMarked
package org.tenderpoint.ips;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
