/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/chart/cc-chart.h>

CcChart *sample_columns (const char *language);
CcChart *sample_bars (const char *language);
CcChart *sample_lines (const char *language);
CcChart *sample_pyramid (const char *language);
CcChart *sample_ranking (const char *language);
