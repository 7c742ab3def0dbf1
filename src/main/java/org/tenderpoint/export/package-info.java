/**
 * Bulk export of one's own patients ($export of a Group): the job, its manifest and its files. Start at
 * {@link org.tenderpoint.export.ExportProvider}.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "guard", "server", "treatmentsummary"})
@NullMarked
package org.tenderpoint.export;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
