/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-inspect.h>
#include <cc/intake/cc-number-text.h>
#include <cc/model/cc-pack.h>
#include <cc/model/cc-record.h>

G_BEGIN_DECLS

/* How the tables, columns and values of a delivery are read: what the window asks, what a map file
 * says, what a profile remembers. All three are the same text (cli.md, MAPFILE). */

/* In what way a column feeds a variable. */
typedef enum
{
  CC_TARGET_VALUE,
  CC_TARGET_TICK,    /* the column stands for one code: form:SEX */
  CC_TARGET_STEP,    /* a date of one stage of justice: step_on:CONTACT */
  CC_TARGET_AGE_MIN, /* one end of a range of ages */
  CC_TARGET_AGE_MAX,
  CC_TARGET_DAY, /* one part of a date that stands in several columns: detected_on:year */
  CC_TARGET_MONTH,
  CC_TARGET_YEAR,
  CC_TARGET_PLACE, /* a country or date of one stage of the journey: place_country:TRANS */
} CcTargetPart;

/* What one column feeds. */
typedef struct
{
  const CcUnit     *unit;
  const CcVariable *variable;
  CcTargetPart      part;
  const CcCode     *code; /* TICK, STEP, PLACE */
} CcTarget;

/* How one column of a delivery is read. */
typedef struct
{
  char      *header;
  gboolean   ignored; /* "-" in the map: kept as raw text only */
  GPtrArray *targets; /* CcTarget*; empty: nobody knows what it is */
  char      *reason;  /* key of a text: map, profile, synonym, machine name, shape */
  char      *language;
  double     score;
} CcColumnPlan;

/* Whether the values speak against what the header says, so that a person is to be asked; and
 * whether nobody has filled the list that they would be of, so that they stay texts for now. */
gboolean cc_column_plan_is_doubtful (const CcColumnPlan *self);
gboolean cc_column_plan_has_no_list (const CcColumnPlan *self);

CcMap *cc_map_new (void);
CcMap *cc_map_load (const char *path, GError **error);
CcMap *cc_map_load_text (const char *name, const char *text, GError **error);
CcMap *cc_map_copy (CcMap *self);
void   cc_map_free (CcMap *self);
char  *cc_map_to_text (CcMap *self);

/* Refuses names of variables, units and codes that the pack does not know, with file and line and
 * the nearest known name. */
gboolean cc_map_check (CcMap *self, CcPack *pack, GError **error);

/* One target as in a map file, for a table of the given unit: "sex", "victim.sex", "VI03",
 * "form:SEX", "step_on:CONTACT", "contact_on", "age_min". NULL where nothing fits. */
CcTarget *cc_target_parse (CcPack *pack, const char *unit, const char *text);
char     *cc_target_to_text (CcPack *pack, const char *unit, const CcTarget *target);
void      cc_target_free (CcTarget *self);

/* The map for a file: decisions of `known` (a map file or profile; NULL for none) first, then what
 * headers, machine names and the values' shapes suggest. A complete map (one that was saved by an
 * import) takes no suggestions for columns it does not know. */
CcMap   *cc_map_suggest (CcInspection *inspection, CcPack *pack, CcMap *known, GError **error);
gboolean cc_map_is_complete (CcMap *self);

/* Reading and changing, for the window. Tables are named as in the inspection. */
const char *cc_map_get_unit (CcMap *self, const char *table);
void        cc_map_set_unit (CcMap *self, const char *table, const char *unit);
gboolean    cc_map_is_skipped (CcMap *self, const char *table); /* unit=- */
/* Whether the rows of a table are counts and no persons: what was said, else what was found. */
gboolean   cc_map_is_aggregate (CcMap *self, const CcInspectTable *table);
void       cc_map_set_aggregate (CcMap *self, const CcInspectTable *table, gboolean aggregate);
CcInterval cc_map_get_period (CcMap *self, CcPack *pack, const char *table);
void       cc_map_set_period (CcMap *self, const char *table, const char *period);
GPtrArray *cc_map_plan_columns (CcMap *self, CcPack *pack, const CcInspectTable *table);
void cc_map_set_column (CcMap *self, const char *table, const char *header, const char *targets);
const char *cc_map_get_value (CcMap *self, const CcVariable *variable, const char *text);
void
cc_map_set_value (CcMap *self, const CcVariable *variable, const char *text, const char *codes);
CcDateOrder cc_map_get_date_order (CcMap *self, const char *header);
void        cc_map_set_date_order (CcMap *self, const char *header, CcDateOrder order);
CcCalendar  cc_map_get_calendar (CcMap *self, const char *header);
void        cc_map_set_calendar (CcMap *self, const char *header, CcCalendar calendar);
const char *cc_map_get_blank (CcMap *self, const CcVariable *variable);
void        cc_map_set_blank (CcMap *self, const CcVariable *variable, const char *code);
gboolean    cc_map_states_also (CcMap *self, const char *table, const char *unit);

/* What holds for every row and stands in no column. */
typedef struct
{
  char     *key; /* as the map has it: "citizenship", "victim_event.form" */
  CcTarget *target;
  CcValue  *value;
  gboolean  stated; /* a column of each table that it could hold for says it, and is believed */
} CcConstant;

void       cc_map_set_constant (CcMap *self, const char *variable, const char *codes);
GPtrArray *cc_map_list_constants (CcMap *self, CcPack *pack, const char *unit, GPtrArray *plans);
void       cc_constant_free (CcConstant *self);

/* For the window: what is said for every row of a file, and what may be said besides. */
GPtrArray *cc_map_list_file_constants (CcMap *self, CcPack *pack, CcInspection *inspection);
GPtrArray *cc_map_list_constant_targets (CcMap *self, CcPack *pack, CcInspection *inspection);
char      *cc_constant_make_key (const CcTarget *target);

/* What a text means where a number is expected, once for all numbers of the sender. */
gboolean     cc_map_get_number (CcMap *self, const char *text, gint64 *number, CcNoValue *no_value);
gboolean     cc_map_set_number (CcMap *self, const char *text, const char *meaning);
CcNumberMark cc_map_get_number_mark (CcMap *self, char sign);
void         cc_map_set_number_mark (CcMap *self, char sign, CcNumberMark mark);

/* The calendar that the years of a column tell, for a list of the given period: HIJRI and ETHIOPIAN
 * must be asked about, UNKNOWN needs no question. */
CcCalendar cc_column_guess_calendar (CcPack                *pack,
                                     const CcInspectColumn *column,
                                     CcDay                  today,
                                     CcInterval             period);

/* Takes a decision about a value back. */
void cc_map_unset_value (CcMap *self, const CcVariable *variable, const char *text);
/* The header row of a table's sheet, from 0 as in the inspection; obeyed by cc_inspect_with (). */
void cc_map_set_header_row (CcMap *self, const CcInspectTable *table, guint row);
/* Another unit for the rows of a table, "-" to leave it out: columns that nobody decided get the
 * suggestions of that unit. Changes the suggestions of the inspection's table. */
void cc_map_change_unit (CcMap *self, CcPack *pack, CcInspectTable *table, const char *unit);
/* Whether a person decided the column in this map; suggestions and profiles have a reason. */
gboolean cc_map_is_by_hand (CcMap *self, const char *table, const char *header);
/* Columns that the profile of a complete map has never seen: suggestions of the inspection for
 * them, or nothing but their texts. */
void cc_map_take_new_columns (CcMap *self, CcInspection *inspection);
void cc_map_leave_new_columns (CcMap *self, CcInspection *inspection);
/* A column of genders that was suggested for the sex, too, is left to the gender in tables where a
 * decision or a constant says where the sex stands. To be called after a column was decided. */
void cc_map_settle_sex (CcMap *self, CcPack *pack);
/* Whether the sex is taken from this column of genders because nothing else gives it: suggested,
 * and for a person to look at. */
gboolean cc_column_plan_takes_sex (const CcColumnPlan *self);
/* Brings the decisions that a person made in `from` over, for tables and columns that are here as
 * well: after the header row of one table was changed. */
void cc_map_carry_over (CcMap *self, CcMap *from);

/* Everything a column of a table of this unit may feed, in the pack's order: CcTarget*. The values
 * of variables; with `parts` also one column for each code, stage of justice or of the journey. */
GPtrArray *cc_target_list (CcPack *pack, const char *unit, gboolean parts);

/* What changed against a profile. */
typedef struct
{
  char **missing;    /* headers the profile knows and the file lacks */
  char **added;      /* headers the profile has never seen */
  char **new_values; /* "Header: text" that have no decision */
  char **renamed;    /* "Old header → New header": in neither of the first two lists */
  char **moved;      /* headers that stand elsewhere; that alone asks nothing */
} CcDrift;

CcDrift *cc_map_compare (CcMap *profile, CcInspection *inspection, CcPack *pack);
gboolean cc_drift_is_empty (const CcDrift *self);
void     cc_drift_free (CcDrift *self);
void     cc_column_plan_free (CcColumnPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcTarget, cc_target_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcMap, cc_map_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcConstant, cc_constant_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcDrift, cc_drift_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcColumnPlan, cc_column_plan_free)

G_END_DECLS
