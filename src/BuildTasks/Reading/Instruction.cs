using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Quintet.BuildTasks.Reading;

/// <summary>One instruction of a body.</summary>
/// <param name="Offset">Where it starts.</param>
/// <param name="Code">What it does.</param>
/// <param name="Operand">Token, number, or index of a local or argument.</param>
/// <param name="Targets">Where it may jump to.</param>
internal readonly record struct Instruction(int Offset, OpCode Code, long Operand, ImmutableArray<int> Targets)
{
    private const byte TwoByteMark = 0xFE;

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(static field => field.GetValue(null)).OfType<OpCode>().ToDictionary(static code => code.Value & 0xFFFF);

    /// <summary>All instructions of a body; null for one that is no intermediate language.</summary>
    public static List<Instruction>? Decode(BlobReader il)
    {
        var found = new List<Instruction>();
        while (il.RemainingBytes > 0)
        {
            var offset = il.Offset;
            int value = il.ReadByte();
            if (value == TwoByteMark) value = (TwoByteMark << 8) | il.ReadByte();
            if (!Codes.TryGetValue(value, out var code)) return null;
            var (operand, targets) = Operands(code.OperandType, ref il);
            found.Add(new Instruction(offset, code, operand, targets));
        }

        return found;
    }

    private static (long Operand, ImmutableArray<int> Targets) Operands(OperandType type, ref BlobReader il)
    {
        switch (type)
        {
            case OperandType.InlineNone: return (0, []);
            case OperandType.ShortInlineI: return (il.ReadSByte(), []);
            case OperandType.ShortInlineVar: return (il.ReadByte(), []);
            case OperandType.InlineVar: return (il.ReadUInt16(), []);
            case OperandType.InlineI8: return (il.ReadInt64(), []);
            case OperandType.InlineR: il.ReadInt64(); return (0, []);
            case OperandType.ShortInlineR: il.ReadInt32(); return (0, []);
            case OperandType.ShortInlineBrTarget:
                var near = il.ReadSByte();
                return (0, [il.Offset + near]);
            case OperandType.InlineBrTarget:
                var far = il.ReadInt32();
                return (0, [il.Offset + far]);
            case OperandType.InlineSwitch:
                var count = il.ReadInt32();
                if (count < 0 || count > il.RemainingBytes / 4)
                    throw new BadImageFormatException("A switch has more branches than its body has bytes.");
                var offsets = new int[count];
                for (var i = 0; i < count; i++) offsets[i] = il.ReadInt32();
                var end = il.Offset;
                return (0, [.. offsets.Select(offset => end + offset)]);
            default: return (il.ReadInt32(), []);
        }
    }
}
