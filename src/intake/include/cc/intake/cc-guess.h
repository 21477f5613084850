/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-inspect.h>

G_BEGIN_DECLS

/* Who sent a file and which period it covers, guessed from what stands in it and on it. A guess is
 * shown with its reason and confirmed by a person; nothing is imported on it. */
typedef struct
{
  char       *entity;        /* key of the sender, NULL where nothing points to one */
  char       *entity_reason; /* key of a text: intake.guess.profile, file-name or title */
  CcInterval  period;        /* unknown where nothing says it */
  const char *period_reason; /* intake.guess.sheet, title, file-name or dates; else NULL */

  /* Where no known agency is it: what the file's name says of a new one. */
  char         *new_name; /* NULL where it says no kind */
  const CcCode *new_type; /* of list RETYPE */
} CcGuess;

CcGuess *cc_guess_delivery (CcPack       *pack,
                            CcInspection *inspection,
                            GPtrArray    *entities,
                            GPtrArray    *profiles);
void     cc_guess_free (CcGuess *self);

/* The kind of agency that a name, of an agency or of a file, speaks of. */
const CcCode *cc_guess_agency_type (CcPack *pack, const char *text);

/* A period anywhere in a text: "Victims identified, S1 2023", "police-2023-T3". */
gboolean cc_period_search (CcPack *pack, const char *text, CcInterval *period);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcGuess, cc_guess_free)

G_END_DECLS
