/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "cc-practice-private.h"

G_BEGIN_DECLS

/* What is known of one person or case, either by the world's truth or by merging all rows about it
 * with the selection rules. The tables below count these and know nothing else. */

typedef enum
{
  CC_AGE_CLASS_CHILD,
  CC_AGE_CLASS_ADULT,
  CC_AGE_CLASS_UNKNOWN,
} CcAgeClass;

#define CC_PRACTICE_MAX_ROWS 8

/* Forms and sectors that one row states together. */
typedef struct
{
  CcCodeSet forms;
  CcCodeSet sectors;
} CcExploitationFact;

typedef struct
{
  CcCodeSet  services;
  CcInterval from;
} CcServiceFact;

typedef struct
{
  const CcCode *type;
  const CcCode *country;
  CcInterval    on;
} CcReturnFact;

typedef struct
{
  gboolean           stated; /* at least one row is about this person */
  const CcCode      *sex;    /* NULL where not known, as everywhere below */
  CcAgeClass         age;
  const CcCode      *status;
  CcInterval         detected;
  CcCodeSet          citizenship;
  const CcCode      *origin;
  CcCodeSet          exploited;
  CcCodeSet          forms;
  CcCodeSet          control;
  CcCodeSet          methods;
  const CcCode      *flow;
  const CcCode      *channel;
  const CcCode      *first_type;
  CcExploitationFact exploitation[CC_PRACTICE_MAX_ROWS];
  guint              n_exploitation;
  CcServiceFact      services[CC_PRACTICE_MAX_ROWS];
  guint              n_services;
  CcReturnFact       returns[CC_PRACTICE_MAX_ROWS];
  guint              n_returns;
} CcVictimFact;

typedef enum
{
  CC_STEP_CONTACT,
  CC_STEP_PROSECUTED,
  CC_STEP_JUDGED,
} CcStep;

typedef struct
{
  CcStep        step;
  CcInterval    on;
  const CcCode *outcome;
  CcCodeSet     sentence;
  int           months; /* -1 not known */
} CcStepFact;

typedef struct
{
  gboolean      stated;
  const CcCode *sex;
  CcAgeClass    age;
  CcCodeSet     citizenship;
  CcCodeSet     forms;
  CcStepFact    steps[CC_PRACTICE_MAX_ROWS];
  guint         n_steps;
} CcPerpetratorFact;

typedef struct
{
  gboolean       stated;
  CcInterval     recorded;
  const CcCode  *scope;  /* as stated: NULL not known */
  const CcCode **stages; /* at the end of each year; NULL not known */
} CcEventFact;

typedef struct
{
  GArray *victims;      /* CcVictimFact */
  GArray *perpetrators; /* CcPerpetratorFact */
  GArray *events;       /* CcEventFact */
} CcPracticeFacts;

CcPracticeFacts *cc_practice_facts_new_expected (CcWorld *world);
CcPracticeFacts *cc_practice_facts_new_true (CcWorld *world);
CcPracticeFacts *cc_practice_facts_new_empty (CcWorld *world);
void             cc_practice_facts_free (CcPracticeFacts *self);

CcAgeClass  cc_practice_age_class (int min, int max);
const char *cc_practice_handle (CcWorld *world, const CcCode *code);

/* cc-practice-tally.c: the counts of one table, every person once in each cell */
typedef struct _CcTally CcTally;

typedef double (*CcInhabitantsFunc) (int year, const char *row);

#define CC_TALLY_ALL (-1) /* the total of rows, columns or years */

CcTally *cc_tally_new (const char *questionnaire,
                       const char *table,
                       guint       n_years,
                       gboolean    row_total,
                       gboolean    col_total);
void     cc_tally_free (CcTally *self);
void     cc_tally_set_in_use (CcTally *self);
void     cc_tally_add_row (CcTally *self, const char *code);
void     cc_tally_add_col (CcTally *self, const char *code);
int      cc_tally_find_row (CcTally *self, const char *code);
int      cc_tally_find_col (CcTally *self, const char *code);
void     cc_tally_base (CcTally *self, int year, int col);
void     cc_tally_hit (CcTally *self, int year, int row, int col);
void     cc_tally_person (CcTally *self);
void     cc_tally_close (CcTally *self, guint side);
guint    cc_tally_get (CcTally *self, guint side, int year, int row, int col);
void     cc_tally_write (CcTally *self, GString *csv, int first_year);
void
cc_tally_write_rates (CcTally *self, GString *csv, int first_year, CcInhabitantsFunc inhabitants);

/* cc-practice-tables.c: all tables of the three questionnaires; side 0 true, 1 expected */
typedef struct
{
  CcWorld    *world;
  GPtrArray  *tallies; /* CcTally* */
  GHashTable *places;  /* "questionnaire/table" -> CcTally* */
} CcPracticeTables;

CcPracticeTables *cc_practice_tables_new (CcWorld *world);
void              cc_practice_tables_free (CcPracticeTables *self);
CcTally          *cc_practice_tables_get (CcPracticeTables *self, const char *table);
void cc_practice_tables_count (CcPracticeTables *self, CcPracticeFacts *facts, guint side);
void cc_practice_count_victims (CcPracticeTables *self, CcPracticeFacts *facts, guint side);
void cc_practice_count_justice (CcPracticeTables *self, CcPracticeFacts *facts, guint side);
void cc_practice_count_returns (CcPracticeTables *self, guint side);
int  cc_practice_year (CcWorld *world, CcInterval date);
int  cc_practice_sexage7 (const CcCode *sex, CcAgeClass age);
const CcCode *cc_practice_single_country (CcWorld *world, const CcCodeSet *countries);
const char   *cc_practice_country_row (CcWorld *world, const CcCode *country, gboolean stateless);
gboolean      cc_practice_form_under (CcWorld         *world,
                                      const CcCodeSet *forms,
                                      const char      *scheme,
                                      const char      *target);
gboolean cc_practice_is_other_form (CcWorld *world, const CcCodeSet *forms, const char *scheme);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPracticeTables, cc_practice_tables_free)

void cc_practice_csv_append (GString *csv, const char *first, ...) G_GNUC_NULL_TERMINATED;

/* cc-practice-population.c */
double cc_practice_inhabitants (int year, const char *row);

/* cc-practice-key.c */
int      cc_practice_compare_places (gconstpointer a, gconstpointer b);
gboolean cc_practice_write_population (CcWorld *world, const char *path, GError **error);
gboolean cc_practice_write_key (CcWorld *world, CcPracticeResult *result, GError **error);
void     cc_practice_key_begin (GString *csv, const CcPracticeParams *params);
void     cc_practice_key_add_counts (GString *csv, CcPracticeResult *result);
void     cc_practice_key_add_agencies (GString *csv, CcPracticeResult *result);
void     cc_practice_key_add_records (GString *csv, CcWorld *world, CcPracticeResult *result);
void     cc_practice_key_add_tables (GString *csv, CcPracticeTables *tables);

/* cc-practice.c */
gboolean        cc_practice_check_params (const CcPracticeParams *params, GError **error);
gboolean        cc_practice_make_directory (const char *directory, GError **error);
CcPracticeFile *cc_practice_describe_file (CcWorld *world, guint agency, const char *directory);

/* cc-practice-big.c */
CcPracticeResult *cc_practice_generate_big (const CcPracticeParams *params,
                                            const char             *directory,
                                            CcProgress             *progress,
                                            GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPracticeFacts, cc_practice_facts_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcTally, cc_tally_free)

G_END_DECLS
