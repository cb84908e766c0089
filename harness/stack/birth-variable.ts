/** In the environment of a process that has just been started: by its value the warden finds it. */
export const birthVariable = 'CONCORDAT_BIRTH'
