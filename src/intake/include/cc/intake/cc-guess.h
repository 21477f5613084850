/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-inspect.h>
#include <cc/store/cc-entity.h>

G_BEGIN_DECLS

/* Who sent a file and which period it covers, guessed from what stands in it and on it. A guess is
 * shown with its reason and confirmed by a person; nothing is imported on it. */
typedef struct
{
  char *entity; /* key of the sender, NULL where nothing points to one */
  const char
            *entity_reason; /* key of a text: intake.guess.same-file, profile, file-name or title */
  CcInterval period;        /* unknown where nothing says it */
  const char *period_reason; /* intake.guess.sheet, title, file-name or dates; else NULL */

  /* What the file's own words describe: a new agency, where no known one is guessed. */
  char         *new_name; /* NULL where they say no kind */
  const CcCode *new_type; /* of list RETYPE */
  gboolean      says_kind_only;
  char         *near; /* key of the known agency that has nearly that name, or NULL */

  /* The words that speak of the sender, a known or a new one; NULL where none do. */
  char       *words;        /* the file's name, or a title in it */
  const char *words_reason; /* intake.guess.file-name or title */
  gboolean    words_known;  /* they name `entity` */
} CcGuess;

CcGuess *cc_guess_delivery (CcPack       *pack,
                            CcInspection *inspection,
                            GPtrArray    *entities,
                            GPtrArray    *profiles,
                            GPtrArray    *submissions);
void     cc_guess_free (CcGuess *self);

/* Whether the file's own words speak of another sender than this one. entity: also one that is not
 * in the case file yet, without a key. */
gboolean cc_guess_contradicts (const CcGuess  *self,
                               CcInspection   *inspection,
                               GPtrArray      *entities,
                               GPtrArray      *submissions,
                               const CcEntity *entity);

/* The kind of agency that a name, of an agency or of a file, speaks of. */
const CcCode *cc_guess_agency_type (CcPack *pack, const char *text);

/* A period anywhere in a text: "Victims identified, S1 2023", "police-2023-T3". */
gboolean cc_period_search (CcPack *pack, const char *text, CcInterval *period);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcGuess, cc_guess_free)

G_END_DECLS
