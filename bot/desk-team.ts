/** The team that takes whatever no product fits, and hears of what comes to nothing. */
export const DESK_TEAM = 'desk';
