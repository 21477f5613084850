/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/model/cc-pack.h>

G_BEGIN_DECLS

/* Coded values as agencies type them: words in six languages, lists in one cell, countries with
 * their demonyms and traps, sexes by the set of codes a column uses. */

typedef enum
{
  CC_CODE_READ_OK,
  CC_CODE_READ_BLANK,
  CC_CODE_READ_NO_VALUE, /* a word for unknown, refused or not applicable; see no_value */
  CC_CODE_READ_ASK,      /* one of the traps that are never guessed: NIG, Congo, M alone */
  CC_CODE_READ_UNMAPPED, /* no word of the pack and no decision of the profile */
} CcCodeRead;

typedef struct
{
  const CcCode *code;     /* OK */
  CcNoValue     no_value; /* NO_VALUE */
  int           count;    /* number of persons inside the label ("2 maliens"), else 0 */
} CcCodeText;

/* Reads one value of a list. own_country is the reporting country, for "own country" words. */
CcCodeRead cc_code_text_read (CcPack     *pack,
                              const char *list,
                              const char *text,
                              const char *own_country,
                              CcCodeText *result);

/* Splits a cell with several values, longest known label first, then on ; + "et" "and" "e" , / in
 * that order; a cell that is one known value is not split. NULL-terminated, never empty strings. */
char **cc_code_text_split (CcPack *pack, const char *list, const char *text);

/* Yes and no in a column that stands for one code ("form:SEX" with O/N, x, 1, oui). */
typedef enum
{
  CC_TICK_BLANK,
  CC_TICK_YES,
  CC_TICK_NO,
  CC_TICK_UNKNOWN,
  CC_TICK_UNREADABLE,
} CcTick;

CcTick cc_tick_text_read (CcPack *pack, const char *text);

gboolean  cc_word_is_total (CcPack *pack, const char *text);
gboolean  cc_word_is_ditto (CcPack *pack, const char *text);
CcNoValue cc_word_no_value (CcPack *pack, const char *text);

/* Sex, decided by the set of codes in the column and never by the single cell: {M, F}, {H, F},
 * {F, G} (girls and boys) ...; the M of {H, M} is asked. */
typedef struct _CcSexReader CcSexReader;

typedef struct
{
  const CcCode *sex;
  const CcCode *hint;    /* ASK: what it means in most sheets, to be offered; NULL for nothing */
  int           age_min; /* -1 unless the word also says girl, boy, woman ... */
  int           age_max;
  int           n_persons; /* 1, or more where the cell lists several sexes */
} CcSexText;

CcSexReader *cc_sex_reader_new (CcPack *pack);
void         cc_sex_reader_free (CcSexReader *self);
void         cc_sex_reader_add (CcSexReader *self, const char *text);
/* A decision of the profile: Text=CODE. Goes before everything else. */
void cc_sex_reader_set (CcSexReader *self, const char *text, const CcCode *code);
/* After all values were added. Returns FALSE where somebody must be asked (1/2, M alone). */
gboolean   cc_sex_reader_decide (CcSexReader *self, const char *header);
CcCodeRead cc_sex_reader_read (CcSexReader *self, const char *text, CcSexText *result);
/* Whether the text is a sign that the column does not explain, as M beside H: no word of a gender
 * either, though the list of genders may know the letter. */
gboolean cc_sex_reader_is_unclear (CcSexReader *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcSexReader, cc_sex_reader_free)

G_END_DECLS
