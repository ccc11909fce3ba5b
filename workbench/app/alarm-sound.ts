/** Three short tones. A browser that was not touched yet keeps silent; the banner and the title then say it alone. */
export function soundAlarm(): void {
  try {
    const context = new AudioContext();
    const gain = context.createGain();
    gain.gain.value = 0.2;
    gain.connect(context.destination);
    for (let i = 0; i < TONES; i++) {
      const tone = context.createOscillator();
      tone.frequency.value = 880;
      tone.connect(gain);
      tone.start(context.currentTime + i * 0.35);
      tone.stop(context.currentTime + i * 0.35 + 0.2);
      if (i === TONES - 1) tone.onended = () => void context.close();
    }
  } catch {
    // No sound on this machine.
  }
}

const TONES = 3;
