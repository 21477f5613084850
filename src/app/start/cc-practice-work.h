/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/practice/cc-practice.h>

G_BEGIN_DECLS

typedef struct
{
  char *country;
  int   level;    /* 1 to 5 */
  guint agencies; /* 2 to 40 */
  guint victims;
  char *folder;
} CcPracticeOrder;

/* What was made, to tell the user. */
typedef struct
{
  char *folder;         /* with the files of the agencies */
  char *trainer_folder; /* inside it: answer key and maps, for the trainer alone */
  guint n_files;
  guint n_nil; /* agencies that had no case */
  guint n_records;
} CcPracticeOutcome;

void cc_practice_order_free (CcPracticeOrder *self);
void cc_practice_outcome_free (CcPracticeOutcome *self);

/* Makes the country in a new folder inside order->folder: "Benin practice", with a number where
 * that exists. What gives the answers away is put into a folder of its own inside. name: what the
 * new folder is called. Errors as those of cc_practice_generate(). */
CcPracticeOutcome *cc_practice_make (const CcPracticeOrder *order,
                                     const char            *name,
                                     CcProgress            *progress,
                                     GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPracticeOrder, cc_practice_order_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPracticeOutcome, cc_practice_outcome_free)

G_END_DECLS
