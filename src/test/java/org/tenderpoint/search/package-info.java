/** Stories about searching: what is found, by whom, and what an answer says about what it leaves out. */
@NullMarked
package org.tenderpoint.search;

import org.jspecify.annotations.NullMarked;
