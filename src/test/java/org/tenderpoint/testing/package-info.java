/** What story tests share: one running server per database, and clients that speak to it over HTTP. */
@NullMarked
package org.tenderpoint.testing;

import org.jspecify.annotations.NullMarked;
