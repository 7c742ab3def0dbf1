/** A patient's whole record in one answer. Start at {@link org.tenderpoint.everything.EverythingProvider}. */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "server"})
@NullMarked
package org.tenderpoint.everything;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
