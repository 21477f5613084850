/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-day.h>

#include <gio/gio.h>

G_BEGIN_DECLS

/* Prepared records: every text interned to an integer once, so that comparing two records compares
 * integers. One table holds one kind of unit; it is filled record by record, frozen by
 * cc_link_table_finish() and read-only from then on. */
typedef struct _CcLinkTable CcLinkTable;

typedef enum
{
  CC_LINK_NAME_FAMILY,
  CC_LINK_NAME_GIVEN,
  CC_LINK_NAME_FULL, /* one field for all names, or order not known */
  CC_LINK_NAME_ALIAS,
  CC_LINK_NAME_FATHER,
} CcLinkName;

/* How the birth of a record is known. The interval says when it lies, the kind how it was stated.
 */
typedef enum
{
  CC_LINK_BIRTH_NONE,
  CC_LINK_BIRTH_DAY,
  CC_LINK_BIRTH_MONTH,
  CC_LINK_BIRTH_YEAR,
  CC_LINK_BIRTH_AGE,   /* derived from an age and the day it holds for */
  CC_LINK_BIRTH_RANGE, /* the same from a range of ages */
} CcLinkBirth;

/* How the values of a further column are compared. */
typedef enum
{
  CC_LINK_COLUMN_CODE,        /* equal or not */
  CC_LINK_COLUMN_CITIZENSHIP, /* a code that places and names depend on */
  CC_LINK_COLUMN_PLACE,       /* spelling, skeleton, edit distance, abbreviation */
  CC_LINK_COLUMN_TEXT,        /* the same, independent of citizenship */
  CC_LINK_COLUMN_NUMBER,      /* document numbers: equal or one character off */
  CC_LINK_COLUMN_PHONE,       /* equal; weighs less the more records carry it */
} CcLinkColumnKind;

typedef enum
{
  CC_LINK_SEX_NONE,
  CC_LINK_SEX_FEMALE,
  CC_LINK_SEX_MALE,
  CC_LINK_SEX_OTHER,
} CcLinkSex;

#define CC_LINK_MAX_COLUMNS 11

CcLinkTable *cc_link_table_new (void);
void         cc_link_table_free (CcLinkTable *self);

guint32 cc_link_table_find_token (CcLinkTable *self, const char *text);
guint32 cc_link_table_intern_token (CcLinkTable   *self,
                                    const char    *text,
                                    const char    *skeleton,
                                    const guint32 *groups,
                                    guint          n_groups);
guint   cc_link_table_add_column (CcLinkTable *self, const char *name, CcLinkColumnKind kind);
guint32 cc_link_table_intern_value (CcLinkTable *self,
                                    guint        column,
                                    const char  *text,
                                    const char  *skeleton);

/* The functions below fill the record added last. */
void cc_link_table_add_record (CcLinkTable *self, gint64 id);
void cc_link_table_add_name (CcLinkTable *self, CcLinkName role, guint32 token);
void cc_link_table_set_birth (CcLinkTable *self, CcLinkBirth kind, CcInterval interval, int age);
void cc_link_table_set_sex (CcLinkTable *self, CcLinkSex sex);
void cc_link_table_set_source (CcLinkTable *self,
                               guint32      entity,
                               guint32      delivery,
                               guint32      event,
                               guint32      own_number);
void cc_link_table_set_value (CcLinkTable *self, guint column, guint32 value);

void   cc_link_table_finish (CcLinkTable *self);
void   cc_link_table_set_cancellable (CcLinkTable *self, GCancellable *cancellable);
guint  cc_link_table_get_n_records (CcLinkTable *self);
gint64 cc_link_table_get_record_id (CcLinkTable *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcLinkTable, cc_link_table_free)

G_END_DECLS
