/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store-fixture.h"

G_BEGIN_DECLS

/* Fills every table of the fixture's file that keeps anything, by acts of the program: records of
 * every unit that state every variable, by hand and of deliveries; a delivery of persons, one of
 * counts, a nil return, one taken back; persons joined; all that is kept beside them. */
void tamper_fill (Fixture *fixture);

/* More of it: a list of persons, one of counts, a nil return, an agency, a setting, a case by hand.
 */
void tamper_fill_more (CcCaseFile *file);

G_END_DECLS
