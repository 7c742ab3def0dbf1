/** Who did what, and how it is shown and proved. Start at {@link org.tenderpoint.audit.AuditedEvents}. */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "identity", "server", "people", "smart"})
@NullMarked
package org.tenderpoint.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
