/**
 * What an administrator does: registers and revokes clients, changes keys; by command or over HTTP. Start at
 * {@link org.tenderpoint.admin.AdminActs}.
 */
@ApplicationModule(
        allowedDependencies = {"issue", "access", "identity", "chart", "audit", "people", "smart", "endpoint"})
@NullMarked
package org.tenderpoint.admin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
